import type { INodeProperties } from 'n8n-workflow';

/** Where the shop lives. What people paste is normalised by the vendor. */
export function shopUrl(placeholder: string, description: string): INodeProperties {
	return {
		displayName: 'Shop URL',
		name: 'shopUrl',
		type: 'string',
		required: true,
		default: '',
		placeholder,
		description,
	};
}

/** Whether runs share what hardly ever changes. */
export function rememberReferenceData(examples: string): INodeProperties {
	return {
		displayName: 'Remember Reference Data',
		name: 'rememberReferenceData',
		type: 'boolean',
		default: true,
		description: `Whether to keep ${examples} in memory for a minute, and what the key may do for ten, instead of reading them in each run. Orders, stock and prices are never kept.`,
	};
}

/** The leave to talk without encryption. `secret` is what then travels in the open. */
export function allowHttp(secret: string): INodeProperties {
	return {
		displayName: 'Allow Plain HTTP',
		name: 'allowHttp',
		type: 'boolean',
		default: false,
		description: `Whether to accept a shop URL without https. The ${secret} then travels readably over the network.`,
	};
}
