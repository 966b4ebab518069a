import type { ControlVerbs } from './controlEndpoint.mts';
import type { ShopControl } from './shopControl.mts';

/** Verbs that every shop offers over HTTP under the name of the method. */
const SHARED = [
	'setNow',
	'advance',
	'freeze',
	'unfreeze',
	'now',
	'snapshot',
	'restore',
	'addFault',
	'clearFaults',
	'mails',
	'clearMails',
	'requests',
	'clearRequests',
	'notify',
] as const satisfies ReadonlyArray<keyof ShopControl<never, unknown>>;

/** What the shared verbs need; the shop's database and mails do not matter to them. */
type AnyControl = Pick<ShopControl<never, unknown>, (typeof SHARED)[number] | 'notifications'>;

/**
 * The methods of a control object as HTTP verbs: those that all shops share and those in `names`. The verb
 * `notifications` adds a text when one comes with it and lists them all when none does.
 */
export function verbsOf<Name extends string>(
	control: AnyControl & Record<Name, (options: never) => unknown>,
	names: readonly Name[],
): ControlVerbs {
	const verbs: ControlVerbs = {};
	for (const name of [...SHARED, ...names]) {
		// Arguments come from JSON: each method reads the members it knows, as a test in process would pass them.
		const method: (options: never) => unknown = control[name];
		verbs[name] = method.bind(control) as (argument: Record<string, unknown>) => unknown;
	}
	verbs.notifications = (argument) => {
		if (typeof argument.text !== 'string') return control.notifications();
		control.notify({ text: argument.text });
		return { ok: true };
	};
	return verbs;
}
