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
