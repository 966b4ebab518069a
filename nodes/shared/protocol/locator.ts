/** The value of a resource locator: how the record is named (`id`, `list`, `email`, …), and its name. */
export interface Locator {
	mode: string;
	value: string;
}
