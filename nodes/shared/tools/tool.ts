import type { IDataObject } from 'n8n-workflow';

import type { ArgumentsOf, Parameters } from './parameters';
import type { Perform } from './perform';
import type { ShopTools } from './shopTools';
import type { Shop } from '../reading/shop';

/** What the builder of the workflow decided; nothing a model says changes it. */
export interface Settings {
	/** Names of the tools that are switched on. */
	tools: readonly string[];
	/** The reader is a customer: only what belongs to an e-mail address, and no advice for owners. */
	customerMode: boolean;
	/** The one address customers may ask about; empty: the one they name. */
	customerEmail: string;
	/** The first call of a write only tells what it would do. */
	confirmWrites: boolean;
	/** IDs of statuses that orders may be given; none: all. */
	allowedStatuses: readonly string[];
	notifyCustomer: 'model' | 'never' | 'always';
	/** Language of names, as the shop knows it; empty: the shop's main one. */
	language: string;
	/** Hard limit of an answer. */
	maxOutputCharacters: number;
	showPurchasePrices: boolean;
}

/** What a tool works with during one call. */
export interface Work<R> {
	shop: Shop<R>;
	tools: ShopTools<R>;
	settings: Settings;
	/** IANA zone in which days begin; may cost a request. */
	zone(): Promise<string>;
	nowMs: number;
	/** In customer mode, the address the customer is known by. */
	email: string | undefined;
	/** Runs an operation of the shop's node. */
	perform: Perform;
	/** The same call, when it is repeated. */
	callId: string;
	/** Secret of this node that marks of confirmation are made with. */
	key: string;
}

/** One row of the tools table. */
export interface Tool {
	/** The same on every shop. */
	name: string;
	/** What the builder ticks. */
	title: string;
	/** For the model: what it is for, in few words. */
	description: string;
	/** Whether it changes something. */
	writes?: boolean;
	/**
	 * What customers may do with it: `all` they like, only with what belongs to their `own` e-mail
	 * address, or `none`: it is not offered to them.
	 */
	customers: 'all' | 'own' | 'none';
	parameters: Parameters;
	run<R>(work: Work<R>, given: Readonly<Record<string, unknown>>): Promise<IDataObject>;
}

/** Declares a tool. The arguments `run` receives are typed from `parameters`. */
export function tool<const P extends Parameters>(
	definition: Omit<Tool, 'parameters' | 'run'> & {
		parameters: P;
		run<R>(work: Work<R>, given: ArgumentsOf<P>): Promise<IDataObject>;
	},
): Tool {
	return {
		...definition,
		// `readArguments` reads exactly these parameters and brings each to the type that is derived here.
		run: async (work, given) => await definition.run(work, given as ArgumentsOf<P>),
	};
}

/** The mark that a second call repeats; every writing tool has it while writes are confirmed. */
export const CONFIRM = 'confirm';

/** The customer's address, which every tool of theirs asks for. */
export const EMAIL = 'email';

/** The parameters a model sees: what the settings fix or ask for in addition is left out or added. */
export function parametersOf(
	{ parameters, writes, customers }: Tool,
	settings: Settings,
): Parameters {
	const { [EMAIL]: email, ...rest } = parameters;
	const asks = settings.customerMode && customers === 'own' && settings.customerEmail === '';
	const fixed = settings.customerMode && customers === 'own' && settings.customerEmail !== '';
	const withEmail = asks
		? { [EMAIL]: { type: 'string', description: "Customer's e-mail", required: true } as const }
		: email && !fixed
			? { [EMAIL]: email }
			: {};
	const { notify, customer, ...others } = { ...rest, ...withEmail } as Parameters;
	return {
		// In customer mode it is the one who asks.
		...(customer && !settings.customerMode && { customer }),
		...others,
		...(notify && settings.notifyCustomer === 'model' && !settings.customerMode && { notify }),
		...(writes && settings.confirmWrites && { [CONFIRM]: { type: 'string' } as const }),
	};
}

/** The tools of a node, as its settings have them. */
export function offered(tools: readonly Tool[], settings: Settings): Tool[] {
	return tools.filter(
		({ name, customers }) =>
			settings.tools.includes(name) && !(settings.customerMode && customers === 'none'),
	);
}
