/** What a workflow gets of items that failed, where it goes on after failures. */
import { outputOf } from '../../sandbox/n8n/executionData.mts';
import type { Item, RunData } from '../../sandbox/n8n/executionData.mts';
import type { N8nRest } from '../../sandbox/n8n/rest.mts';
import { enterN8n } from './support/n8n.mts';
import { action } from './support/prestashop.mts';
import { saw } from './support/report.mts';
import { shop } from './support/shop.mts';
import { locator, manualTrigger, manyItems, START, workflowOf } from './support/workflows.mts';

describe('a workflow that goes on after failures', () => {
	let rest: N8nRest;
	let reference = '';

	beforeAll(async () => {
		rest = enterN8n();
		({ reference } = await shop.placeOrder({ email: 'jane.roe@example.com' }));
	});

	/** Looks up an order that is there and one that is not. */
	const run = async (onError: string): Promise<RunData> => {
		const node = {
			...action('PrestaShop', {
				resource: 'order',
				operation: 'get',
				orderId: locator('reference', '={{ $json.value }}'),
			}),
			onError,
		};
		const nodes = [manualTrigger(), ...manyItems([reference, 'NOSUCHREF']), node];
		const workflow = await rest.createWorkflow(workflowOf(`On error: ${onError}`, nodes));
		const { run: data, status } = await rest.run(workflow.id, START);
		expect(status).toBe('success');
		return data;
	};

	const FAILED = {
		error: expect.stringContaining('NOSUCHREF'),
		details: { code: 'input', hint: expect.stringMatching(/\w/) },
	};

	const shown = (item: Item | undefined): void => saw(JSON.stringify(item));

	test('finds the failed item on the error output, with the fields it came with', async () => {
		const data = await run('continueErrorOutput');
		const [found, ...others] = outputOf(data, 'PrestaShop');
		expect(others).toEqual([]);
		expect(found?.json).toMatchObject({ reference });
		const failed = outputOf(data, 'PrestaShop', 1);
		shown(failed[0]);
		expect(failed.map(({ json }) => json)).toEqual([{ value: 'NOSUCHREF', ...FAILED }]);
	});

	test('finds the failed item in its place among the others', async () => {
		const data = await run('continueRegularOutput');
		const [found, failed, ...others] = outputOf(data, 'PrestaShop');
		shown(failed);
		expect(others).toEqual([]);
		expect(found?.json).toMatchObject({ reference });
		expect(failed?.json).toEqual(FAILED);
		expect(failed?.pairedItem).toEqual({ item: 1 });
	});
});
