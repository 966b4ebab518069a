/** An answer of the API that is no success: `{"error": code, "error_description": text}`. */
export class WebApiError extends Error {
	readonly status: number;
	readonly code: string;

	constructor(status: number, code: string, text: string) {
		super(text);
		this.status = status;
		this.code = code;
	}
}

/** A missing record and an unknown filter field look the same (Shoper REST reference 3.2, LIVE). */
export const notFound = (): WebApiError =>
	new WebApiError(404, 'invalid_request', 'Resource not found');

export const badRequest = (text: string, code = 'invalid_request'): WebApiError =>
	new WebApiError(400, code, text);

/** Unknown and not installed resources (LIVE). */
export const missingModule = (name: string): WebApiError => badRequest(`Missing MODULE '${name}'`);

export const invalidToken = (): WebApiError =>
	new WebApiError(401, 'unauthorized_client', 'Provided access token is invalid');

export const insufficientScope = (): WebApiError =>
	new WebApiError(
		403,
		'insufficient_scope',
		'The request requires higher privileges than provided by the access token',
	);

export const methodNotAllowed = (method: string): WebApiError =>
	new WebApiError(405, 'invalid_request', `Method ${method} is not allowed`);

export const notImplemented = (): WebApiError =>
	new WebApiError(501, 'server_error', 'Not implemented');

export const internalError = (): WebApiError =>
	new WebApiError(500, 'server_error', 'Internal server error');

/** The text is as recorded; its HTTP status is not known, 500 is what the code stands for elsewhere. */
export const decodingFailed = (): WebApiError =>
	new WebApiError(500, 'server_error', 'Decoding failed: Syntax error');

export const objectLocked = (): WebApiError =>
	new WebApiError(409, 'server_error', 'Obiekt jest edytowany przez innego administratora');

export const REQUIRED = 'Pole wymagane';
export const unknownValue = (value: string): string => `Nie znaleziono wartości '${value}'`;
export const takenValue = (value: string): string => `Wartość '${value}' już istnieje`;
export const notOnList = (value: string): string =>
	`Wartość '${value}' nie została znaleziona na liście`;

/** Gathers what is wrong with a body: one clause per field, joined by `; ` (LIVE). */
export class Complaints {
	readonly #clauses: string[] = [];
	readonly #fields = new Set<string>();

	add(field: string, reason: string): void {
		if (this.#fields.has(field)) return;
		this.#fields.add(field);
		this.#clauses.push(`Wartość pola '${field}' jest niepoprawna: ${reason}`);
	}

	/** Throws 400 if anything was wrong. */
	raise(): void {
		if (this.#clauses.length > 0) throw badRequest(this.#clauses.join('; '));
	}
}
