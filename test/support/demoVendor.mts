/** A made-up shop system that speaks JSON lines: shows what the core does, whatever the vendor. */
import type {
	ICredentialDataDecryptedObject,
	ICredentialType,
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';

import { cleanShopWords } from '../../nodes/shared/http/errors.ts';
import { InputError, ShopError } from '../../nodes/shared/protocol/errors.ts';
import { executeOperation } from '../../nodes/shared/actions/execute.ts';
import type { OptionLoader, Picker } from '../../nodes/shared/pickers/listSearch.ts';
import { nodeMethods } from '../../nodes/shared/pickers/nodeMethods.ts';
import type { Resource } from '../../nodes/shared/actions/operation.ts';
import { toProperties } from '../../nodes/shared/actions/properties.ts';
import { settled } from '../../nodes/shared/protocol/settled.ts';
import type { Settled } from '../../nodes/shared/protocol/settled.ts';
import { normaliseShopUrl } from '../../nodes/shared/http/shopUrl.ts';
import type { Vendor } from '../../nodes/shared/protocol/vendor.ts';
import type { Failure } from '../../nodes/shared/protocol/failure.ts';
import type { Call, Reply } from '../../nodes/shared/protocol/call.ts';
import { executeNode } from './engine.mts';
import type { Bench } from './engine.mts';

export interface Row {
	id: string;
	[field: string]: unknown;
}

/** What must never show in a message. */
export const SECRET = 'S3CRET-KEY-0123456789abcdefghij';

/** Longest wait for an answer, short enough for a test of it. */
export const TIMEOUT_MS = 1_100;

export const demoVendor: Vendor<Row> = {
	name: 'Demo Shop',
	credential: 'demoApi',
	limits: { concurrency: 2, timeoutMs: TIMEOUT_MS, maxReplyBytes: 2_000, maxFileBytes: 4_000 },
	address: (credentials) => {
		const url = normaliseShopUrl(String(credentials.shopUrl ?? ''), {
			allowHttp: credentials.allowHttp === true,
			notPath: /\/api(\/.*)?$/,
		});
		if (credentials.key === '') throw new InputError('The key is empty.', 'Enter the key.');
		return { url: url.href.replace(/\/$/, ''), host: url.host, settings: { root: 'api' } };
	},
	authenticate: ({ key, sendKeyAs }, request) =>
		sendKeyAs === 'query'
			? { ...request, qs: { ...request.qs, ws_key: key } }
			: {
					...request,
					headers: {
						...request.headers,
						Authorization: `Basic ${Buffer.from(`${String(key)}:`).toString('base64')}`,
					},
				},
	secrets: ({ key }) => [String(key)],
	locate: ({ url, settings }, { path, query = {} }) => {
		const place = [settings.root, ...path].map((part) => encodeURIComponent(String(part)));
		const question = new URLSearchParams(query).toString();
		return {
			url: `${url}/${place.join('/')}${question === '' ? '' : `?${question}`}`,
			headers: { Accept: 'application/json' },
		};
	},
	classify,
	decode: ({ text }) => JSON.parse(text) as Row[],
	idOf: ({ id }) => id,
	errorTexts: ({ kind, code, status, shopMessage, location }) => ({
		reason: `Reason ${[kind, code, status, shopMessage, location].filter(Boolean).join(' ')}.`,
		fix: kind === 'rejected' ? '' : `Fix ${kind}.`,
		...(kind === 'permission' && { right: 'orders – View' }),
	}),
	probe: {
		call: { method: 'GET', path: ['probe'] },
		success: ({ text }) => `Connected to ${(JSON.parse(text) as { shop: string }).shop}`,
		alternative: (at) => ({
			address: { ...at, settings: { root: 'other' } },
			message: 'The shop is there, but its API is not switched on.',
		}),
	},
};

function classify({ status, text, headers }: Reply, { path }: Call): Failure | undefined {
	if (text.includes('classifier-breaks')) throw new Error('The classifier broke.');
	if (status < 400 && headers['content-type'] !== 'text/html') return undefined;
	const kinds: Record<number, Failure['kind']> = {
		401: 'credential',
		403: 'permission',
		404: path.length > 1 ? 'notFound' : 'notShop',
		423: 'disabled',
	};
	const kind = kinds[status] ?? (status < 400 ? 'notShop' : status < 500 ? 'rejected' : 'server');
	return {
		kind,
		sent: true,
		status,
		...(text !== '' && kind !== 'notShop' && { shopMessage: cleanShopWords(text) }),
	};
}

const credentialType: ICredentialType = {
	name: 'demoApi',
	displayName: 'Demo API',
	properties: [],
	authenticate: async (credentials, request) => demoVendor.authenticate(credentials, request),
};

interface DemoParts {
	resources?: ReadonlyArray<Resource<Row>>;
	pickers?: Record<string, Picker<Row>>;
	loaders?: Record<string, OptionLoader<Row>>;
}

/** A node over the demo vendor, ready for the engine. */
export function demoBench(
	credentials: ICredentialDataDecryptedObject,
	{ resources = [], pickers = {}, loaders = {} }: DemoParts,
): Bench {
	const description: INodeTypeDescription = {
		displayName: 'Demo',
		name: 'demo',
		group: ['transform'],
		version: 1,
		description: 'Shows the core',
		defaults: { name: 'Demo' },
		inputs: ['main'],
		outputs: ['main'],
		credentials: [{ name: 'demoApi', required: true }],
		properties: toProperties(resources),
	};
	const node: INodeType = {
		description,
		methods: nodeMethods(demoVendor, pickers, loaders),
		async execute(): Promise<INodeExecutionData[][]> {
			return await executeOperation(this, demoVendor, resources);
		},
	};
	return { node, credentialType, credentials: { key: SECRET, ...credentials } };
}

/** Runs `use` inside a node's execution, with n8n's real request helpers. */
export async function inExecution<T>(
	credentials: ICredentialDataDecryptedObject,
	use: (context: IExecuteFunctions) => Promise<T>,
): Promise<T> {
	const bench = demoBench(credentials, {});
	let outcome: Settled<T> | undefined;
	bench.node.execute = async function () {
		outcome = await settled(async () => await use(this));
		return [[]];
	};
	const { error } = await executeNode(bench, {});
	if (error) throw error;
	if (!outcome) throw new Error('The node was not executed.');
	if (!outcome.ok) throw outcome.error;
	return outcome.value;
}

/** The error `attempt` ends with. */
export async function errorOf(attempt: () => unknown): Promise<Error> {
	const outcome = await settled(async () => await attempt());
	if (outcome.ok) throw new Error(`It succeeded: ${JSON.stringify(outcome.value)}`);
	if (outcome.error instanceof Error) return outcome.error;
	throw new Error(`No error was thrown, but ${String(outcome.error)}`);
}

/** The failure `attempt` ends with. */
export async function failureOf(attempt: () => unknown): Promise<Failure> {
	const error = await errorOf(attempt);
	if (error instanceof ShopError) return error.failure;
	throw error;
}
