import type { ShopResponse } from '../shared/http.mts';
import type { Json, JsonObject } from './records.mts';

/** Field to messages, as validations print them. */
export type FieldErrors = Record<string, string[]>;

export const BLANK = 'не может быть пустым';
export const NOT_A_NUMBER = 'Указано не число';
export const NOT_IN_LIST = 'имеет непредусмотренное значение';

export function json(value: Json, status = 200): ShopResponse {
	return {
		status,
		headers: { 'Content-Type': 'application/json; charset=utf-8' },
		body: JSON.stringify(value),
	};
}

export function html(status: number, title: string): ShopResponse {
	return {
		status,
		headers: { 'Content-Type': 'text/html; charset=utf-8' },
		body: `<!DOCTYPE html>\n<html lang="ru">\n<head><meta charset="utf-8"><title>${title}</title></head>\n<body><h1>${title}</h1></body>\n</html>\n`,
	};
}

/** What a missing record gives, whatever `Accept` says (InSales API reference, 4.3). */
export function notFound(): ShopResponse {
	return html(404, 'Страница не найдена');
}

/** Deletions answer this; of products even when there was none (reference, 4.3). */
export function ok(): ShopResponse {
	return json({ status: 'ok' });
}

export function forbidden(): ShopResponse {
	return json({ status: 'error', message: 'Недостаточно прав' }, 403);
}

/** 422 as a bare map of fields, the most common shape. */
export function invalid(errors: FieldErrors): ShopResponse {
	return json(errors as JsonObject, 422);
}

/** 422 as creating a variant prints it (reference, 4.3). */
export function invalidWrapped(errors: FieldErrors): ShopResponse {
	return json({ status: 'error', errors: errors as JsonObject }, 422);
}

export function hasErrors(errors: FieldErrors): boolean {
	return Object.keys(errors).length > 0;
}
