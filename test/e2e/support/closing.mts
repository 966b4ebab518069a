type Closing = () => Promise<void>;

/** The set-up and the tear-down are loaded separately; the global object is what they share. */
const shared = globalThis as typeof globalThis & { storefrontsClosings?: Closing[] };

/** Remembers what has to be closed when the whole run is over. */
export function atTheEnd(closing: Closing): void {
	shared.storefrontsClosings = [...(shared.storefrontsClosings ?? []), closing];
}

/** Closes what was opened last first; one that fails does not keep the others open. */
export async function closeEverything(): Promise<void> {
	const closings = shared.storefrontsClosings ?? [];
	shared.storefrontsClosings = [];
	for (const closing of closings.reverse()) await Promise.allSettled([closing()]);
}
