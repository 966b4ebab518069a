/** Sections of the back office that a key is given, each to see or to change. */
export type Section =
	| 'orders'
	| 'clients'
	| 'products'
	| 'settings'
	| 'discounts'
	| 'webhooks'
	| 'content';

/**
 * One right. `edit` includes `view`. `orders:contents` changes lines and discounts, `orders:delete` removes orders,
 * `products:prices` shows purchase prices and additional prices. The labels of the real back office are not documented
 * (InSales API reference, 1.3); these follow the list that a chat service asks its users to tick.
 */
export type Right =
	| `${Section}:view`
	| `${Section}:edit`
	| 'orders:contents'
	| 'orders:delete'
	| 'products:prices';

export type Rights = '*' | Right[];

export interface AccessKey {
	identifier: string;
	password: string;
	name: string;
	rights: Rights;
}

/** Does a key hold the right? */
export function allows(key: AccessKey, right: Right): boolean {
	if (key.rights === '*' || key.rights.includes(right)) return true;
	const [section, action] = right.split(':');
	return action === 'view' && key.rights.some((held) => held === `${section}:edit`);
}

/** Identifier and password of the keys that each sandbox shop has; rights in `freshKeys`. */
export const INSALES_KEYS = {
	full: {
		identifier: '11111111aaaabbbbccccddddeeee0001',
		password: 'f0f0f0f0f0f0f0f0f0f0f0f0f0f00001',
	},
	chat: {
		identifier: '22222222aaaabbbbccccddddeeee0002',
		password: 'c0c0c0c0c0c0c0c0c0c0c0c0c0c00002',
	},
	productsOnly: {
		identifier: '33333333aaaabbbbccccddddeeee0003',
		password: 'b0b0b0b0b0b0b0b0b0b0b0b0b0b00003',
	},
} as const;

/** The keys of a fresh shop. */
export function freshKeys(): AccessKey[] {
	return [
		{ ...INSALES_KEYS.full, name: 'full', rights: '*' },
		{
			...INSALES_KEYS.chat,
			name: 'chat',
			rights: [
				'orders:edit',
				'orders:contents',
				'clients:edit',
				'products:view',
				'products:prices',
				'settings:view',
			],
		},
		{ ...INSALES_KEYS.productsOnly, name: 'productsOnly', rights: ['products:view'] },
	];
}
