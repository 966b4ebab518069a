import { InputError, NotFoundError } from '../../shared/protocol/errors';
import type { Locator } from '../../shared/protocol/locator';
import { sameText } from '../../shared/text/sameText';
import { languageText } from '../api/codec';
import { allOf } from '../api/reads';
import type { PrestaShopShop } from '../api/reads';
import type { FieldValue, PrestaShopRecord } from '../api/records';

/** The state a locator names, by ID or by its name in any language. Throws with the shop's states. */
export async function stateNamed(
	shop: PrestaShopShop,
	{ mode, value }: Locator,
): Promise<PrestaShopRecord> {
	const isNamed = (state: PrestaShopRecord) =>
		mode === 'name' ? namesOf(state).some((name) => sameText(name, value)) : state.id === value;
	const known = await allOf(shop, 'order_states', (all) => [...all.values()].some(isNamed));
	const states = [...known.values()];
	const live = states.filter(({ deleted }) => deleted !== '1');
	const hits = (mode === 'name' ? live : states).filter(isNamed);
	const [state, ...others] = hits;
	if (state && others.length === 0) return state;
	const choice = (state ? hits : live).map((each) => `${each.id ?? ''} ${namesOf(each)[0] ?? ''}`);
	const fix = `Choose one of: ${choice.join(', ')}.`;
	if (state) throw new InputError(`Several states of the shop are called "${value}".`, fix);
	const named = mode === 'name' ? 'called' : 'with the ID';
	throw new NotFoundError(`The shop has no state ${named} "${value}".`, fix);
}

/** All names of a state, one per language. */
export function namesOf(state: PrestaShopRecord): string[] {
	const name = state.name as FieldValue | undefined;
	return Array.isArray(name) ? name.map(({ value }) => value) : [languageText(name)];
}
