/** Letters that no accent can be taken from, in Latin ones as shops write them in addresses. */
const LATIN = new Map(
	(
		'ł l ß ss ø o æ ae œ oe đ d ð d þ th ı i ' +
		'а a б b в v г g ґ g д d е e ё yo є ye ж zh з z и i й y і i ї yi к k л l м m н n о o п p р r с s т t ' +
		'у u ў u ф f х kh ц ts ч ch ш sh щ shch ъ - ы y ь - э e ю yu я ya ђ dj ј j љ lj њ nj ћ c џ dz ѓ g ќ k ѕ dz ' +
		'α a β v γ g δ d ε e ζ z η i θ th ι i κ k λ l μ m ν n ξ x ο o π p ρ r σ s ς s τ t υ y φ f χ ch ψ ps ω o'
	)
		.split(' ')
		.reduce<Array<[string, string]>>((pairs, each, at, all) => {
			if (at % 2 === 0) pairs.push([each, (all[at + 1] ?? '').replace('-', '')]);
			return pairs;
		}, []),
);

/** Longest `link_rewrite` the shop stores. */
const MAX_LENGTH = 128;

/**
 * The readable part of an address, made from a name. Small Latin letters, digits and hyphens alone:
 * without the setting "accented URL", which is off in a fresh shop, PrestaShop refuses all others.
 * Empty for names in a script that has no letters, such as Japanese.
 */
export function slug(name: string): string {
	return [...name.toLowerCase().normalize('NFC')]
		.map((letter) => LATIN.get(letter) ?? plain(letter))
		.join('')
		.replace(/[^a-z\d]+/g, '-')
		.slice(0, MAX_LENGTH)
		.replace(/^-+|-+$/g, '');
}

/** A letter without its accents. */
function plain(letter: string): string {
	const bare = letter.normalize('NFD').replace(/\p{M}/gu, '');
	return LATIN.get(bare) ?? bare;
}

/** The first of several texts that gives an address; there is always one. */
export function firstSlug(texts: readonly string[]): string {
	return texts.map(slug).find((each) => each !== '') ?? 'product';
}
