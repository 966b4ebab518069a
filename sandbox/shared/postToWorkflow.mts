/** What the page says about a call of a workflow. */
export interface WorkflowWording {
	/** No workflow is connected to the button. */
	none: string;
	taken: string;
	refused: (status: number) => string;
	/** Stands before the cause. */
	unreachable: string;
}

/** The English wording; `what` is what was posted. */
export function englishWording(what: string): WorkflowWording {
	return {
		none: 'No workflow is connected.',
		taken: `n8n took ${what}.`,
		refused: (status) => `n8n answered with status ${status}. Is the workflow active?`,
		unreachable: 'n8n cannot be reached',
	};
}

/**
 * Posts something to the webhook of a workflow, as a button on the page.
 *
 * @param url address of the webhook; undefined while none is connected
 * @returns what the page shows; `status` only where something answered
 */
export async function postToWorkflow(
	url: string | undefined,
	body: Record<string, unknown>,
	wording: WorkflowWording,
): Promise<{ status?: number; message: string }> {
	if (url === undefined) return { message: wording.none };
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
			message: response.ok ? wording.taken : wording.refused(response.status),
		};
	} catch (error) {
		return {
			message: `${wording.unreachable}: ${error instanceof Error ? error.message : String(error)}`,
		};
	}
}
