import type { N8nRest } from '../../../sandbox/n8n/rest.mts';
import { pollEverySeconds } from '../../../sandbox/n8n/workflow.mts';
import type { CredentialReference, WorkflowNode } from '../../../sandbox/n8n/workflow.mts';
import { node } from './workflows.mts';

type Parameters = Record<string, unknown>;

/** The types under which n8n knows what belongs to one shop. */
export interface ShopTypes {
	action: string;
	trigger: string;
	credential: string;
}

/** The credential and the nodes of one shop. */
export interface ShopNodes {
	/** Saves a credential, or gives the one of this name new data. */
	save(rest: N8nRest, name: string, data: Parameters): Promise<CredentialReference>;
	/** A node of the shop, or with the type of its tool, one for an agent. */
	action(
		name: string,
		credential: CredentialReference,
		parameters: Parameters,
		type?: string,
	): WorkflowNode;
	/** A trigger that polls every two seconds, much more often than a user may choose. */
	trigger(name: string, credential: CredentialReference, parameters: Parameters): WorkflowNode;
}

export function shopNodes(types: ShopTypes): ShopNodes {
	const withCredential = (plain: WorkflowNode, credential: CredentialReference): WorkflowNode => ({
		...plain,
		credentials: { [types.credential]: credential },
	});
	return {
		save: async (rest, name, data) => ({
			id: await rest.saveCredential(name, types.credential, data),
			name,
		}),
		action: (name, credential, parameters, type = types.action) =>
			withCredential(node(name, type, 1, parameters), credential),
		trigger: (name, credential, parameters) => {
			const pollTimes = pollEverySeconds(2);
			return withCredential(node(name, types.trigger, 1, { pollTimes, ...parameters }), credential);
		},
	};
}
