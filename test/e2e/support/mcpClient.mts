/** A client of an MCP server over streamable HTTP, as far as the tests need one. */

export interface McpResult {
	content?: Array<{ text?: string }>;
	isError?: boolean;
	tools?: Array<{ name: string; description: string; inputSchema: object }>;
}

export class McpClient {
	private readonly url: string;
	private session: string | undefined;
	private number = 0;

	constructor(url: string) {
		this.url = url;
	}

	async open(): Promise<void> {
		await this.request('initialize', {
			protocolVersion: '2025-03-26',
			capabilities: {},
			clientInfo: { name: 'test', version: '1.0.0' },
		});
		await this.send({ jsonrpc: '2.0', method: 'notifications/initialized' });
	}

	async tools(): Promise<NonNullable<McpResult['tools']>> {
		return (await this.request('tools/list', {})).tools ?? [];
	}

	async call(name: string, given: object): Promise<{ text: string; isError: boolean }> {
		const { content = [], isError = false } = await this.request('tools/call', {
			name,
			arguments: given,
		});
		return { text: content.map(({ text = '' }) => text).join(''), isError };
	}

	private async request(method: string, params: object): Promise<McpResult> {
		const id = ++this.number;
		const text = await this.send({ jsonrpc: '2.0', id, method, params });
		const messages = text.startsWith('{')
			? [text]
			: [...text.matchAll(/^data: (.*)$/gm)].map(([, data = '']) => data);
		const answers = messages.map(
			(each) =>
				JSON.parse(each) as { id?: number; result?: McpResult; error?: { message: string } },
		);
		const answer = answers.find((each) => each.id === id);
		if (answer?.result) return answer.result;
		throw new Error(answer?.error?.message ?? `${method}: no answer in ${text.slice(0, 300)}`);
	}

	private async send(message: object): Promise<string> {
		const response = await fetch(this.url, {
			method: 'POST',
			headers: {
				'content-type': 'application/json',
				accept: 'application/json, text/event-stream',
				...(this.session !== undefined && { 'mcp-session-id': this.session }),
			},
			body: JSON.stringify(message),
			signal: AbortSignal.timeout(30_000),
		});
		this.session ??= response.headers.get('mcp-session-id') ?? undefined;
		const text = await response.text();
		if (!response.ok) throw new Error(`${response.status} ${text.slice(0, 300)}`);
		return text;
	}
}
