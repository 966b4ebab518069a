/**
 * Areas of rights. The panel has 26 of them (Shoper REST reference 1.2); which resource belongs to which area is
 * known for the larger ones only, so the rest is a guess.
 */
export const AREAS = [
	'additional-fields',
	'attributes',
	'auctions',
	'availabilities',
	'categories',
	'content',
	'currencies',
	'dashboard',
	'deliveries',
	'languages',
	'loyalty',
	'metafields',
	'options',
	'orders',
	'parcels',
	'payments',
	'producers',
	'product-stocks',
	'products',
	'promotions',
	'shippings',
	'statuses',
	'subscribers',
	'taxes',
	'users',
	'webhooks',
] as const;

export type Area = (typeof AREAS)[number];

/** The four levels of the panel, each of which includes those before it. */
export const LEVELS = ['read', 'add', 'edit', 'delete'] as const;

export type Level = (typeof LEVELS)[number];

/**
 * What a token may do: everything, or per area a level (which includes the lower ones, as with integration tokens)
 * or exactly the listed ones (as with groups of administrators).
 */
export type Rights = '*' | Partial<Record<Area, Level | readonly Level[]>>;

export function allows(rights: Rights, area: Area, level: Level): boolean {
	if (rights === '*') return true;
	const granted = rights[area];
	if (granted === undefined) return false;
	if (typeof granted === 'string') return LEVELS.indexOf(granted) >= LEVELS.indexOf(level);
	return granted.includes(level);
}

/** Refuses misspelt areas and levels, which would otherwise grant nothing without a word. */
export function checkRights(rights: Rights): Rights {
	if (rights === '*') return rights;
	for (const [area, granted] of Object.entries(rights)) {
		if (!AREAS.some((known) => known === area)) {
			throw new Error(`There is no area "${area}". Areas: ${AREAS.join(', ')}.`);
		}
		for (const level of typeof granted === 'string' ? [granted] : granted) {
			if (!LEVELS.includes(level)) throw new Error(`There is no level "${level}".`);
		}
	}
	return rights;
}
