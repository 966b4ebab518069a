import type { Call } from '../protocol/call';
import type { Failure, FailureKind } from '../protocol/failure';

/** What concerns the whole shop: wrong key, switched-off webservice, no shop at this address. */
const WHOLE_SHOP: readonly FailureKind[] = ['credential', 'disabled', 'notShop'];

/** Failures of the key in a row after which even a shop that has answered is not asked any more. */
const MAX_IN_A_ROW = 2;

/**
 * What a run has learnt of the shop as a whole. A failure ends the run only when it can concern nothing
 * but the whole shop and nothing of this run contradicts it; further requests could then only fail the
 * same way, and look like an attack.
 */
export class RunMemory {
	/** Why no further request is sent. */
	fatal: Failure | undefined;

	private hasAnswered = false;

	/** Failures that look like the whole shop's, since the last proper answer. */
	private inARow = 0;

	/** Notes a proper answer. */
	answered(): void {
		this.hasAnswered = true;
		this.inARow = 0;
	}

	/**
	 * Notes a failure and says what it really was: the page that a host puts in place of the shop's own
	 * "not found" means that the record is not there, once the shop has answered properly.
	 */
	failed(failure: Failure, call: Call): Failure {
		if (!WHOLE_SHOP.includes(failure.kind)) return failure;
		if (!this.hasAnswered || failure.isFinal) {
			this.fatal ??= { ...failure, sent: false };
			return failure;
		}
		if (failure.kind === 'notShop') {
			const isRecord = failure.status === 404 && namesRecord(call);
			return isRecord ? { ...failure, kind: 'notFound' } : { ...failure, code: 'OWN_PAGE' };
		}
		this.inARow++;
		if (this.inARow >= MAX_IN_A_ROW) this.fatal ??= { ...failure, sent: false };
		return failure;
	}
}

/** Whether a path names one record: something in it is an ID. */
function namesRecord({ path }: Call): boolean {
	return path.slice(1).some((segment) => /^\d+$/.test(segment));
}
