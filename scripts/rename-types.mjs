/**
 * Rewrites exported workflows from one of this repository's packages to another:
 *
 *     node scripts/rename-types.mjs <from> <to> <workflow.json …>
 *
 * such as `n8n-nodes-storefronts n8n-nodes-prestashop`. n8n stores a node's type with the name of its package.
 * Types that the other package does not have stay as they are and are named.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [from, to, ...files] = process.argv.slice(2);
if (!from || !to || files.length === 0) {
	console.error('Usage: node scripts/rename-types.mjs <from> <to> <workflow.json …>');
	process.exit(2);
}

/** The node types of a package by their names in it: all of the combined one, else those of the shop. */
function typesOf(packageName) {
	const { name, n8n } = JSON.parse(
		readFileSync(join(import.meta.dirname, '..', 'package.json'), 'utf8'),
	);
	return n8n.nodes
		.filter((file) => packageName === name || isOf(file, packageName))
		.map((file) => /([^/]+)\.node\.js$/.exec(file)[1])
		.map((className) => className[0].toLowerCase() + className.slice(1));
}

const isOf = (file, packageName) => packageName === `n8n-nodes-${file.split('/')[2].toLowerCase()}`;

const known = typesOf(to);
for (const file of files) {
	const workflow = JSON.parse(readFileSync(file, 'utf8'));
	const left = new Set();
	let renamed = 0;
	for (const node of workflow.nodes) {
		if (!node.type.startsWith(`${from}.`)) continue;
		const type = node.type.slice(from.length + 1);
		// A node that an AI agent uses as a tool has a type of its own.
		if (!known.includes(type.replace(/Tool$/, '')) && !known.includes(type)) left.add(type);
		else {
			node.type = `${to}.${type}`;
			renamed++;
		}
	}
	writeFileSync(file, `${JSON.stringify(workflow, null, 2)}\n`);
	const kept = left.size > 0 ? `; ${to} does not have: ${[...left].join(', ')}` : '';
	console.log(`${file}: ${renamed} nodes renamed${kept}`);
}
