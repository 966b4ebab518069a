/** A request for one record is answered by that record, or not at all. */
import { isAnswerTo } from '../../nodes/shared/http/reply.ts';
import { inSales } from '../../nodes/InSales/vendor.ts';
import { prestaShop } from '../../nodes/PrestaShop/vendor.ts';
import { shoper } from '../../nodes/Shoper/vendor.ts';
import type { Reply } from '../../nodes/shared/protocol/call.ts';

const get = (...path: string[]) => ({ method: 'GET', path }) as const;
const order = (id: string) =>
	prestaShop.decode(
		reply(`<prestashop><order><id><![CDATA[${id}]]></id><total>1</total></order></prestashop>`),
		get('orders', '5'),
	);

function reply(text: string): Reply {
	return { status: 200, headers: {}, text };
}

test.each(['-5', '', '9007199254740993', '05', '6'])('PrestaShop: order %j is not 5', (id) => {
	expect(isAnswerTo(get('orders', '5'), order(id), prestaShop)).toBe(false);
	expect(isAnswerTo(get('orders', '5'), order('5'), prestaShop)).toBe(true);
});

test('Shoper and InSales: neither', () => {
	expect(isAnswerTo(get('users', '5'), [{ user_id: '6' }], shoper)).toBe(false);
	expect(isAnswerTo(get('users', '5'), [{ user_id: '5' }], shoper)).toBe(true);
	expect(isAnswerTo(get('orders', '5'), [{ id: 6 }], inSales)).toBe(false);
	expect(isAnswerTo(get('orders', '5'), [{ id: 5 }], inSales)).toBe(true);
});

test('lists, parts of a record and records without an ID are not judged', () => {
	expect(isAnswerTo(get('orders'), order('6'), prestaShop)).toBe(true);
	expect(isAnswerTo(get('products', '5', 'variants'), [{ id: 6 }], inSales)).toBe(true);
	expect(isAnswerTo(get('dashboard-activities', '5'), [{ id: 6 }], shoper)).toBe(true);
});

test('an empty answer of PrestaShop is called empty, not a web page', () => {
	expect(prestaShop.classify(reply(' \n'), get('orders', '5'))).toMatchObject({
		kind: 'malformed',
		shopMessage: 'it is empty',
	});
});
