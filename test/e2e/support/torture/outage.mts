import type { CrashPoint } from '../../../../sandbox/n8n/crashPoints.mts';

/** A death of n8n at an exact point of its work, brought about by one scenario of each shop. */
export interface Strike {
	point: CrashPoint;
	workflowId: string;
	/** Makes n8n do the work in which it dies. */
	provoke: () => void;
}

/** A promise that is settled from outside. */
class Signal {
	readonly given: Promise<void>;
	private resolve: () => void = () => undefined;

	constructor() {
		this.given = new Promise((resolve) => (this.resolve = resolve));
	}

	give(): void {
		this.resolve();
	}
}

/** One end and new start of n8n that several scenarios share: they meet before, between and after. */
export class Outage {
	/** Of the scenarios by which n8n dies. */
	readonly strikes: Strike[] = [];
	private readonly isNext = new Signal();
	private readonly ready = new Signal();
	private readonly isDown = new Signal();
	private readonly readyToStart = new Signal();
	private readonly isUp = new Signal();
	private readonly atReady = new Set<object>();
	private readonly atStart = new Set<object>();
	private readonly participants: number;

	constructor(participants: number) {
		this.participants = participants;
		this.look();
	}

	/** What a scenario sees of it. */
	for(participant: object): OutageSeat {
		return {
			near: async () => await this.isNext.given,
			down: async (strike) => {
				if (strike) this.strikes.push(strike);
				this.atReady.add(participant);
				this.look();
				await this.isDown.given;
			},
			up: async () => {
				this.atStart.add(participant);
				this.look();
				await this.isUp.given;
			},
			leave: () => {
				this.atReady.add(participant);
				this.atStart.add(participant);
				this.look();
			},
		};
	}

	/**
	 * Ends n8n when every scenario is ready and starts it when every one has done what it wanted to do
	 * meanwhile.
	 */
	async happen(end: () => Promise<void>, start: () => Promise<void>): Promise<void> {
		this.isNext.give();
		await this.ready.given;
		await end();
		this.isDown.give();
		await this.readyToStart.given;
		await start();
		this.isUp.give();
	}

	private look(): void {
		if (this.atReady.size >= this.participants) this.ready.give();
		if (this.atStart.size >= this.participants) this.readyToStart.give();
	}
}

export interface OutageSeat {
	/** Resolves when no other outage comes before this one. */
	near(): Promise<void>;
	/** Ready for the end of n8n; resolves when it has come. */
	down(strike?: Strike): Promise<void>;
	/** Ready for the new start; resolves when n8n runs. */
	up(): Promise<void>;
	/** Takes part no longer. */
	leave(): void;
}
