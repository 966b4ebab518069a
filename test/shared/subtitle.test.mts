/** What stands below a node's name on the canvas. */
import { Workflow } from 'n8n-workflow';
import type { INodeTypeDescription, INodeTypes } from 'n8n-workflow';

import { InSales } from '../../nodes/InSales/InSales.node';
import { InSalesTrigger } from '../../nodes/InSales/InSalesTrigger.node';
import { PrestaShop } from '../../nodes/PrestaShop/PrestaShop.node';
import { PrestaShopTrigger } from '../../nodes/PrestaShop/PrestaShopTrigger.node';
import { Shoper } from '../../nodes/Shoper/Shoper.node';
import { ShoperTrigger } from '../../nodes/Shoper/ShoperTrigger.node';

/** The subtitle as n8n's own expressions work it out. */
function subtitle(description: INodeTypeDescription, parameters: Record<string, string>): unknown {
	const node = {
		id: '1',
		name: 'Shop',
		type: 'test.shop',
		typeVersion: 1,
		position: [0, 0] as [number, number],
		parameters,
	};
	const nodeTypes = {
		getByNameAndVersion: () => ({ description }),
		getByName: () => ({ description }),
		getKnownTypes: () => ({}),
	} as INodeTypes;
	const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes });
	return workflow.expression.getSimpleParameterValue(node, description.subtitle, 'internal', {});
}

const optionsOf = (description: INodeTypeDescription, name: string, resource?: string) =>
	description.properties
		.filter((property) => property.name === name)
		.filter(
			({ displayOptions }) =>
				resource === undefined || displayOptions?.show?.resource?.includes(resource),
		)
		.flatMap(({ options }) => (options ?? []) as Array<{ name: string; value: string }>);

it.each([
	['PrestaShop', new PrestaShop()],
	['Shoper', new Shoper()],
	['InSales', new InSales()],
])('%s: says each operation in words', (_shop, { description }) => {
	for (const resource of optionsOf(description, 'resource')) {
		for (const operation of optionsOf(description, 'operation', resource.value)) {
			const parameters = { resource: resource.value, operation: operation.value };
			expect(subtitle(description, parameters)).toBe(`${operation.name}: ${resource.name}`);
		}
	}
});

it.each([
	['PrestaShop', new PrestaShopTrigger()],
	['Shoper', new ShoperTrigger()],
	['InSales', new InSalesTrigger()],
])('%s: says each event in words', (_shop, { description }) => {
	for (const { name, value } of optionsOf(description, 'event')) {
		expect(subtitle(description, { event: value })).toBe(name);
	}
});
