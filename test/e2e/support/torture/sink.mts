import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One event that a workflow has handed on. */
export interface Delivery {
	/** The workflow it came from. */
	channel: string;
	eventId: string;
	/** What happened, in the words of `label`. */
	label: string;
	/** The n8n execution that handed it on. */
	execution: string;
	/** Whether somebody ran the workflow by hand ("Fetch test event"). */
	isTest: boolean;
}

/** An event as the trigger gives it out, as far as it matters here. */
export interface EventItem {
	id: string;
	status: { id: string } | null;
	event: { id: string; type: string };
}

/** What a workflow sends per event. */
interface Body {
	execution: string;
	mode: string;
	item: EventItem;
}

/** Names an event by what happened: which record, and for changes of a status, which status. */
export function label(type: string, recordId: string, statusId?: string): string {
	return type === 'orderStatusChanged'
		? `${type} ${recordId} to ${String(statusId)}`
		: `${type} ${recordId}`;
}

/** The label of an event by its item. */
export function labelOf({ event, id, status }: EventItem): string {
	return label(event.type, id, status?.id);
}

/**
 * Stands for whatever a workflow does with an event: an event counts as delivered when a running
 * execution has posted it here and got its answer.
 */
export class Sink {
	readonly deliveries: Delivery[] = [];
	private readonly held = new Map<string, Array<() => void>>();
	private readonly server = createServer((request, response) => {
		void this.receive(request, response);
	});

	private constructor() {}

	static async open(): Promise<Sink> {
		const sink = new Sink();
		await new Promise<void>((resolve) => sink.server.listen(0, '127.0.0.1', resolve));
		return sink;
	}

	get url(): string {
		return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
	}

	/** From now on the workflow of this channel gets no answer: its executions stay running. */
	hold(channel: string): void {
		this.held.set(channel, []);
	}

	/** Events whose executions are held right now. */
	holding(channel: string): number {
		return this.held.get(channel)?.length ?? 0;
	}

	/** Lets held executions go on, those that are still there. */
	release(channel: string): void {
		const waiting = this.held.get(channel) ?? [];
		this.held.delete(channel);
		for (const goOn of waiting) goOn();
	}

	async close(): Promise<void> {
		this.server.closeAllConnections();
		await new Promise((resolve) => this.server.close(resolve));
	}

	private async receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const channel = (request.url ?? '').slice(1);
		const chunks: Buffer[] = [];
		try {
			for await (const chunk of request) chunks.push(chunk as Buffer);
		} catch {
			// The sender died while it was sending.
			return;
		}
		const { execution, mode, item } = JSON.parse(Buffer.concat(chunks).toString('utf8')) as Body;
		const waiting = this.held.get(channel);
		if (waiting) await new Promise<void>((resolve) => waiting.push(resolve));
		// Whoever waited for the answer is gone, and with it the execution.
		if (response.destroyed) return;
		this.deliveries.push({
			channel,
			eventId: item.event.id,
			label: labelOf(item),
			execution,
			isTest: mode === 'test',
		});
		response.setHeader('content-type', 'application/json').end('{}');
	}
}
