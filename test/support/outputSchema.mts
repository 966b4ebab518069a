/** A JSON Schema as n8n's `__schema__` files hold it: types only. */
export interface OutputSchema {
	type: string;
	properties?: Record<string, OutputSchema>;
	items?: OutputSchema;
}

/** The schema that fits all `values`: a known type wins over `null`, and objects are merged. */
export function schemaOf(values: readonly unknown[]): OutputSchema {
	const present = values.filter((value) => value !== null && value !== undefined);
	const [first] = present;
	if (first === undefined) return { type: 'null' };
	if (Array.isArray(first)) return { type: 'array', items: schemaOf(present.flat()) };
	if (typeof first !== 'object') return { type: typeof first };
	const objects = present as Array<Record<string, unknown>>;
	const names = new Set(objects.flatMap((object) => Object.keys(object)));
	const properties = [...names].map((name): [string, OutputSchema] => [
		name,
		schemaOf(objects.map((object) => object[name])),
	]);
	return { type: 'object', properties: Object.fromEntries(properties) };
}
