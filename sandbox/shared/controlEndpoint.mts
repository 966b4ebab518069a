import type { ShopRequest, ShopResponse } from './http.mts';

/** The verbs of a control object, by name, as they are offered over HTTP. */
export type ControlVerbs = Record<string, (argument: Record<string, unknown>) => unknown>;

const PREFIX = '/_sandbox/';

function json(status: number, value: unknown): ShopResponse {
	return {
		status,
		headers: { 'Content-Type': 'application/json; charset=utf-8', 'Cache-Control': 'no-store' },
		body: JSON.stringify(value ?? { ok: true }),
	};
}

/** Answers `POST /_sandbox/<verb>` (JSON in, JSON out); undefined for every other path. */
export async function answerControl(
	request: ShopRequest,
	verbs: ControlVerbs,
): Promise<ShopResponse | undefined> {
	if (!request.target.startsWith(PREFIX)) return undefined;
	const name = request.target.slice(PREFIX.length).split('?')[0] ?? '';
	if (!Object.hasOwn(verbs, name))
		return json(404, { error: `There is no control verb "${name}".` });
	const verb = verbs[name];
	if (!verb) return json(404, { error: `There is no control verb "${name}".` });
	try {
		const text = request.body.toString('utf8').trim();
		const argument: unknown = text === '' ? {} : JSON.parse(text);
		if (typeof argument !== 'object' || argument === null || Array.isArray(argument)) {
			return json(400, { error: 'The body has to be a JSON object.' });
		}
		return json(200, await verb(argument as Record<string, unknown>));
	} catch (error) {
		return json(400, { error: error instanceof Error ? error.message : String(error) });
	}
}
