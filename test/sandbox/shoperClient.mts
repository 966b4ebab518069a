import { SHOPER_TOKENS, startShoperSandbox } from '../../sandbox/shoper/shop.mts';
import type { ShoperSandbox } from '../../sandbox/shoper/shop.mts';
import { rawRequest } from './rawRequest.mts';
import type { RawAnswer } from './rawRequest.mts';

/** JSON as a test looks at it; a wrong guess about the shape fails the test. */
export type Wire = Record<string, unknown> & {
	count?: string;
	pages?: number;
	page?: number;
	list?: Array<Record<string, unknown>>;
	error?: string;
	error_description?: string;
};

export interface Reply {
	status: number;
	headers: Record<string, string>;
	/** The body as an object; bare values are in `value`. */
	body: Wire;
	value: unknown;
}

/** A client of one sandbox shop that may ask as often as it likes, unless a test says otherwise. */
export class ShoperClient {
	readonly sandbox: ShoperSandbox;

	constructor(sandbox: ShoperSandbox) {
		this.sandbox = sandbox;
	}

	static async start(options: { throttled?: boolean; now?: number } = {}): Promise<ShoperClient> {
		const bucket = options.throttled ? undefined : { limit: 1_000_000, perSecond: 1_000_000 };
		return new ShoperClient(await startShoperSandbox({ now: options.now, bucket }));
	}

	raw(
		method: string,
		path: string,
		options: { token?: string | null; body?: string; headers?: Record<string, string> } = {},
	): Promise<RawAnswer> {
		const { token = SHOPER_TOKENS.full, body, headers = {} } = options;
		const authorization: Record<string, string> =
			token === null ? {} : { Authorization: `Bearer ${token}` };
		return rawRequest(this.sandbox.url, {
			method,
			path: `/webapi/rest/${path}`,
			headers: { ...authorization, ...headers },
			body,
		});
	}

	async call(
		method: string,
		path: string,
		options: { token?: string | null; body?: unknown; headers?: Record<string, string> } = {},
	): Promise<Reply> {
		const body = options.body === undefined ? undefined : JSON.stringify(options.body);
		const answer = await this.raw(method, path, { ...options, body });
		const text = answer.body.toString('utf8');
		const value: unknown = text === '' ? {} : JSON.parse(text);
		return { status: answer.status, headers: answer.headers, body: value as Wire, value };
	}

	/** GET of a path, with filters in the JSON spelling. */
	get(path: string, filters?: unknown): Promise<Reply> {
		if (filters === undefined) return this.call('GET', path);
		const mark = path.includes('?') ? '&' : '?';
		return this.call('GET', `${path}${mark}filters=${encodeURIComponent(JSON.stringify(filters))}`);
	}

	/** One field of every row of a list. */
	async column(path: string, field: string, filters?: unknown): Promise<unknown[]> {
		const { body } = await this.get(path, filters);
		if (!body.list) throw new Error(`No list: ${JSON.stringify(body)}`);
		return body.list.map((row) => row[field]);
	}

	/** A control verb over HTTP. */
	async verb(name: string, argument: unknown = {}): Promise<unknown> {
		const answer = await rawRequest(this.sandbox.url, {
			method: 'POST',
			path: `/_sandbox/${name}`,
			body: JSON.stringify(argument),
		});
		return JSON.parse(answer.body.toString('utf8'));
	}
}
