import type { Call } from './call';
import type { Explanation, Failure } from './failure';
import { shortened } from './shortened';

/** A message repeats the value it complains of, which may be a file of megabytes. */
const MAX_MESSAGE = 1000;

/** Wrong input, found before any request was sent. `message` names the field and the fix. */
export class InputError extends Error {
	readonly name = 'InputError';

	constructor(
		message: string,
		readonly fix = '',
	) {
		super(shortened(message, MAX_MESSAGE));
	}
}

/** A record that the user named and that the shop does not have. */
export class NotFoundError extends InputError {}

/** A request that failed, with everything needed to explain it. */
export class ShopError extends Error {
	readonly name = 'ShopError';

	constructor(
		readonly failure: Failure,
		readonly call: Call,
		readonly explanation: Explanation,
	) {
		super(`${explanation.reason} ${explanation.fix}`.trim());
	}
}
