/** The query of a request: `a=1`, `a[]=1&a[]=2` and `filter[title]=x`, read as Rails does: `+` is a blank. */
export class Query {
	readonly #params: URLSearchParams;

	constructor(text: string) {
		this.#params = new URLSearchParams(text);
	}

	/** The last value of a plain parameter; undefined when it is absent or empty. */
	text(name: string): string | undefined {
		const value = this.#params.getAll(name).at(-1)?.trim();
		return value === '' ? undefined : value;
	}

	/** The values of `name[]`, or the one of `name`. Indexes (`name[0]`) are not a list for Rails. */
	list(name: string): string[] {
		const bracketed = this.#params.getAll(`${name}[]`);
		if (bracketed.length > 0) return bracketed;
		const plain = this.text(name);
		return plain === undefined ? [] : [plain];
	}

	/** A whole number; undefined when there is none. */
	number(name: string): number | undefined {
		const text = this.text(name);
		return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined;
	}

	flag(name: string): boolean {
		return ['true', '1'].includes(this.text(name) ?? '');
	}

	has(name: string): boolean {
		return this.#params.has(name);
	}
}
