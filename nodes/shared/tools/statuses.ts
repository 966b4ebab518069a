import { InputError } from '../protocol/errors';
import { sameText } from '../text/sameText';
import type { ToolStatus } from './shopTools';

/** Statuses a model's word means: an ID, a name in any language, or a phase such as `shipped`. */
export function statusesMeant(statuses: readonly ToolStatus[], text: string): ToolStatus[] {
	const byId = statuses.filter(({ id }) => sameText(id, text));
	if (byId.length > 0) return byId;
	const byName = statuses.filter(({ names }) => names.some((name) => sameText(name, text)));
	if (byName.length > 0) return byName;
	const byPhase = statuses.filter(({ phase }) => sameText(phase, text) && phase !== 'unknown');
	if (byPhase.length > 0) return byPhase;
	throw new InputError(`The shop has no status "${text.slice(0, 50)}".`, choice(statuses));
}

/** The one status a model's word means, for giving it to an order. */
export function statusMeant(statuses: readonly ToolStatus[], text: string): ToolStatus {
	const [status, ...others] = statusesMeant(statuses, text);
	if (status && others.length === 0) return status;
	const meant = status ? [status, ...others] : statuses;
	throw new InputError(
		`"${text.slice(0, 50)}" can be several statuses of the shop.`,
		choice(meant),
	);
}

/** Statuses a message names at most. */
const SHOWN = 20;

function choice(statuses: readonly ToolStatus[]): string {
	const names = statuses.slice(0, SHOWN).map(({ names: [name = ''], id }) => name || id);
	return `Choose one of: ${names.join(', ')}.`;
}
