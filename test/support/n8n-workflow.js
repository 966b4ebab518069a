module.exports = globalThis.loadN8nPackage('n8n-workflow');
