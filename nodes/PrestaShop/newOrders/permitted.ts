/**
 * Reads what the key may read; `undefined` where it may not, which is then told with the right it takes.
 *
 * @param part what is read, for that sentence
 */
export type Permitted = <T>(
	part: string,
	resource: string,
	load: () => Promise<T>,
) => Promise<T | undefined>;
