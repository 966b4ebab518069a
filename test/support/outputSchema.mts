/** A JSON Schema as n8n's `__schema__` files hold it: types only. */
export interface OutputSchema {
	type: string;
	properties?: Record<string, OutputSchema>;
	items?: OutputSchema;
}

/**
 * The schema that fits all `values`: a known type wins over `null`, and objects are merged.
 *
 * @param maps names of fields that hold a map whose keys are made by the shop owner: no key is told
 */
export function schemaOf(values: readonly unknown[], maps: readonly string[] = []): OutputSchema {
	const present = values.filter((value) => value !== null && value !== undefined);
	const [first] = present;
	if (first === undefined) return { type: 'null' };
	if (Array.isArray(first)) return { type: 'array', items: schemaOf(present.flat(), maps) };
	if (typeof first !== 'object') return { type: typeof first };
	const objects = present as Array<Record<string, unknown>>;
	const names = new Set(objects.flatMap((object) => Object.keys(object)));
	const properties = [...names].map((name): [string, OutputSchema] => [
		name,
		maps.includes(name)
			? { type: 'object' }
			: schemaOf(
					objects.map((object) => object[name]),
					maps,
				),
	]);
	return { type: 'object', properties: Object.fromEntries(properties) };
}
