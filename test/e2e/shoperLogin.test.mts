/** A login becomes a token once; n8n keeps it in the credential, and several shops never mix. */
import type { N8nRest } from '../../sandbox/n8n/rest.mts';
import { errorOf, outputOf } from '../../sandbox/n8n/executionData.mts';
import type { CredentialReference, Workflow } from '../../sandbox/n8n/workflow.mts';
import { enterN8n, startN8nAgain, stopN8n } from './support/n8n.mts';
import { recordsOf } from './support/nodeOutput.mts';
import { saw } from './support/report.mts';
import {
	editCredential,
	loginOf,
	openShoper,
	saveShoper,
	SHOPER_ADMINS,
	shoperAction,
} from './support/shoper.mts';
import type { ShoperSandbox } from './support/shoper.mts';
import { locator, manualTrigger, manyItems, START, workflowOf } from './support/workflows.mts';

const { helpdesk } = SHOPER_ADMINS;
const NEW_PASSWORD = 'Changed-Pass-2026';

describe('the token of a login', () => {
	let rest: N8nRest;
	let shop: ShoperSandbox;
	let credential: CredentialReference;
	let workflowId = '';

	/** Runs the workflow: every order of the shop is read side by side. */
	const run = async () => {
		const before = shop.control.logins().length;
		const { run: result } = await rest.run(workflowId, START);
		const error = errorOf(result);
		const orders = outputOf(result, 'Shoper');
		const logins = shop.control.logins().slice(before);
		saw(`${orders.length} orders, ${JSON.stringify(logins)}, ${error?.message ?? 'no failure'}`);
		return { orders, logins, failure: error && `${error.message} ${error.description}` };
	};

	beforeAll(async () => {
		rest = enterN8n();
		shop = await openShoper();
		credential = await saveShoper(rest, 'Login', loginOf(shop, helpdesk));
		const ids = shop.control.records({ resource: 'orders' }).map(({ order_id }) => order_id);
		const nodes = [
			manualTrigger(),
			...manyItems(ids),
			shoperAction('Shoper', credential, {
				resource: 'order',
				operation: 'get',
				orderId: locator('id', '={{ $json.value }}'),
			}),
		];
		workflowId = (await rest.createWorkflow(workflowOf('Login', nodes))).id;
	});

	afterAll(async () => {
		await shop?.close();
	});

	test('is got once, by the first run, and serves the next ones', async () => {
		const [first, second] = [await run(), await run()];
		expect(first).toMatchObject({ logins: [{ ok: true }], failure: undefined });
		expect(first.orders).toHaveLength(5);
		expect(second).toMatchObject({ logins: [], failure: undefined });
	});

	test('is kept in the credential when n8n starts again', async () => {
		await stopN8n();
		rest = await startN8nAgain();
		expect(await run()).toMatchObject({ logins: [], failure: undefined });
	});

	test('that the shop has revoked is replaced by one login', async () => {
		const tokens = shop.control.requests().filter(({ keyName }) => keyName === helpdesk.login);
		expect(tokens.length).toBeGreaterThan(0);
		// The same password again: only the tokens end.
		shop.control.setPassword({ login: helpdesk.login, password: helpdesk.password });
		const result = await run();
		expect(result).toMatchObject({ logins: [{ ok: true }], failure: undefined });
		expect(result.orders).toHaveLength(5);
	});

	test('cannot be renewed after a change of the password: one attempt, and clear words', async () => {
		shop.control.setPassword({ login: helpdesk.login, password: NEW_PASSWORD });
		const { logins, failure, orders } = await run();
		expect(orders).toEqual([]);
		expect(logins).toMatchObject([{ ok: false, error: 'auth_failure' }]);
		expect(failure).toMatch(/does not accept this login and password/i);
		expect(failure).not.toContain(helpdesk.password);
	});

	test('is got once more when the new password stands in the credential', async () => {
		await editCredential(rest, credential, { password: NEW_PASSWORD });
		const [first, second] = [await run(), await run()];
		expect(first).toMatchObject({ logins: [{ ok: true }], failure: undefined });
		expect(second).toMatchObject({ logins: [], failure: undefined });
	});

	test('of an edited credential is not used any more, though the shop would still take it', async () => {
		await editCredential(rest, credential, { password: 'Mistyped-Pass-2026' });
		const { logins, failure } = await run();
		expect(logins).toMatchObject([{ ok: false }]);
		expect(failure).toMatch(/does not accept this login and password/i);
	});
});

describe('two shops in one workflow', () => {
	let rest: N8nRest;
	const shops: ShoperSandbox[] = [];

	afterAll(async () => {
		for (const shop of shops) await shop.close();
	});

	test('are told apart: tokens, records and the names of statuses', async () => {
		rest = enterN8n();
		for (const name of ['wysłane z Gdańska', 'wysłane z Krakowa']) {
			const shop = await openShoper();
			shops.push(shop);
			const translations = { pl_PL: { name }, en_US: { name } };
			shop.control.putRecord({ resource: 'statuses', id: 7, record: { translations } });
		}
		const [gdansk, krakow] = shops as [ShoperSandbox, ShoperSandbox];
		const ids = [
			gdansk.control.placeOrder({ email: 'jan.test@example.com' }).id,
			krakow.control.placeOrder({ email: 'piotr.kowalski@example.com' }).id,
		];
		// The same number stands for different orders.
		expect(ids[0]).toBe(ids[1]);
		const [id = 0] = ids;

		const credentials = [];
		for (const [index, shop] of shops.entries()) {
			credentials.push(await saveShoper(rest, `Shop ${index + 1}`, loginOf(shop, helpdesk)));
		}
		const names = ['Gdansk', 'Krakow'];
		const reads = credentials.map((credential, index) =>
			shoperAction(`Read ${names[index]}`, credential, {
				resource: 'order',
				operation: 'get',
				orderId: locator('id', String(id)),
			}),
		);
		const ship = credentials.map((credential, index) =>
			shoperAction(`Ship ${names[index]}`, credential, {
				resource: 'order',
				operation: 'changeStatus',
				orderId: locator('id', String(id)),
				statusId: locator('id', '7'),
			}),
		);
		const [readGdansk, readKrakow] = reads;
		const [shipGdansk, shipKrakow] = ship;
		const nodes = [manualTrigger(), readGdansk, readKrakow, shipGdansk, shipKrakow].flatMap(
			(node) => node ?? [],
		);
		const workflow: Workflow = workflowOf('Two shops', nodes);
		const stored = await rest.createWorkflow(workflow);
		const { run } = await rest.run(stored.id, START);
		const one = (node: string) => recordsOf(run, node)[0];
		saw(`${JSON.stringify(one('Ship Gdansk'))} | ${JSON.stringify(one('Ship Krakow'))}`);

		expect(one('Read Gdansk')).toMatchObject({
			id: String(id),
			shop: new URL(gdansk.url).host,
			customer: { email: 'jan.test@example.com' },
		});
		expect(one('Read Krakow')).toMatchObject({
			id: String(id),
			shop: new URL(krakow.url).host,
			customer: { email: 'piotr.kowalski@example.com' },
		});
		expect(one('Ship Gdansk')).toMatchObject({ status: { name: 'wysłane z Gdańska' } });
		expect(one('Ship Krakow')).toMatchObject({ status: { name: 'wysłane z Krakowa' } });
		for (const [index, shop] of shops.entries()) {
			const others = shop.control.requests().filter(({ path, keyName, status }) => {
				const isFirst = keyName === '' && (status === 401 || path.endsWith('/auth'));
				return !isFirst && keyName !== helpdesk.login;
			});
			expect(others).toEqual([]);
			expect(shop.control.logins()).toMatchObject([{ login: helpdesk.login, ok: true }]);
			expect(shop.control.mails().map(({ to }) => to)).toEqual([
				['jan.test@example.com', 'piotr.kowalski@example.com'][index],
			]);
		}
	});
});
