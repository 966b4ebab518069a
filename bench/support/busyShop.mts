/** How long each answer is held back, in milliseconds, so that the edits before it come in time. */
const HOLD_MS = 20;

/** A sandbox shop, as far as it can be kept busy. */
interface EditableShop {
	control: {
		requests(): readonly unknown[];
		addFault(fault: { kind: 'delay'; delayMs: number; times: number }): void;
		clearFaults(): void;
	};
}

/** Wraps a job so that people work in the shop meanwhile: `edit` is called after each answer of the shop. */
export function whileEdited<T>(
	{ control }: EditableShop,
	edit: () => void,
	job: () => Promise<T>,
): () => Promise<T> {
	return async () => {
		let answers = control.requests().length;
		control.addFault({ kind: 'delay', delayMs: HOLD_MS, times: 0 });
		const watch = setInterval(() => {
			for (const { length } = control.requests(); answers < length; answers++) edit();
		}, 1);
		const result = await job();
		clearInterval(watch);
		control.clearFaults();
		return result;
	};
}
