/**
 * The nodes against a real Shoper shop, reading only: every reading operation of the table, the lists
 * of the editor, and test events of the trigger. What the shop has no data for is named at the end.
 */
import type { INodeParameters } from 'n8n-workflow';
import { resources } from '../../nodes/Shoper/actions/index.ts';
import { events } from '../../nodes/Shoper/triggers/events.ts';
import { pickers } from '../../nodes/Shoper/pickers/index.ts';
import { testCredentials } from '../Shoper/fixtures.mts';
import { byId } from './parameters.mts';
import { testReads } from './reads.mts';
import { admin, apiToken, byLogin, byToken, first, report, run, shop } from './shoperShop.mts';

/** What a help desk reads with its login (docs/shoper.md). */
const HELP_DESK = [
	'order.get',
	'order.getAll',
	'order.getLatest',
	'orderProduct.getAll',
	'status.get',
	'status.getAll',
	'customer.get',
	'customer.getAll',
];

afterAll(() => report());

/** What no list of the editor offers. */
async function given(name: string): Promise<INodeParameters> {
	if (name.startsWith('anyResource.')) {
		const [language] = (await run('language.getAll', { limit: 1 })).items;
		const resourcePath = { __rl: true, mode: 'path', value: 'languages' } as const;
		return { resourcePath, recordId: String(language?.json.id ?? '') };
	}
	if (name === 'order.getLatest') {
		const order = await first('order.getAll', { limit: 1, simplify: false });
		return { customer: byId(order.user_id) };
	}
	return {};
}

const credentials = [
	...(apiToken === '' ? [] : ([['token', byToken]] as const)),
	...(admin.login === '' ? [] : ([['login', byLogin]] as const)),
];

describe('credential', () => {
	test.each(credentials)('the %s connects', async (_, credential) => {
		const result = await testCredentials(credential);
		expect(result).toMatchObject({ status: 'OK', message: expect.stringContaining('Shoper 5.') });
		shop.expectNoSecrets(result.message);
		console.info(result.message);
	});

	// Not with a wrong password: whether shops lock accounts is not known.
	test('a wrong token is told apart', async () => {
		const wrong = { ...byToken, authentication: 'apiToken', apiToken: '0'.repeat(64) };
		const { status, message } = await testCredentials(wrong);
		expect(status).toBe('Error');
		expect(message).toContain('does not accept the API token');
	});
});

testReads({
	shop,
	resources,
	pickers,
	events,
	reading: /\.(get|check)/,
	given,
	limited: {
		name: 'the login',
		access: admin.login === '' ? undefined : byLogin,
		reads: HELP_DESK,
	},
	nothingToShow: /nothing that matches|cannot be watched/,
});
