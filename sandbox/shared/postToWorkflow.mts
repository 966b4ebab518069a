import type { PageWords } from './pageWords.mts';

/**
 * Posts something to the webhook of a workflow, as a button on the page.
 *
 * @param url address of the webhook; undefined while none is connected
 * @param what what is posted, in the page's language
 * @returns what the page shows; `status` only where something answered
 */
export async function postToWorkflow(
	url: string | undefined,
	body: Record<string, unknown>,
	words: PageWords,
	what: string,
): Promise<{ status?: number; message: string }> {
	if (url === undefined) return { message: words.unconnected };
	try {
		const response = await fetch(url, {
			method: 'POST',
			headers: { 'Content-Type': 'application/json' },
			body: JSON.stringify(body),
			signal: AbortSignal.timeout(15_000),
		});
		await response.arrayBuffer();
		return {
			status: response.status,
			message: response.ok ? words.taken(what) : words.refused(response.status),
		};
	} catch (error) {
		return {
			message: `${words.unreachable}: ${error instanceof Error ? error.message : String(error)}`,
		};
	}
}
