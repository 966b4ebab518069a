import { change, confirmOf } from './change';
import type { FactKind, ToolFact } from './shopTools';
import { tool } from './tool';
import type { Work } from './tool';
import { InputError } from '../protocol/errors';
import { sameText } from '../text/sameText';

export const createOrder = tool({
	name: 'create_order',
	title: 'Create Order',
	description: 'Place an order',
	writes: true,
	customers: 'own',
	parameters: {
		items: { type: 'string', description: 'SKU x quantity, comma-separated', required: true },
		email: { type: 'string', required: true },
		first_name: { type: 'string' },
		last_name: { type: 'string' },
		phone: { type: 'string' },
		delivery: { type: 'string', required: true },
		payment: { type: 'string', required: true },
		street: { type: 'string' },
		postcode: { type: 'string' },
		city: { type: 'string' },
		country: { type: 'string', description: 'ISO code' },
		note: { type: 'string' },
	},
	run: async (work, given) => {
		const { tools } = work;
		if (!tools.createOrder) throw new InputError('This shop takes no orders here.', '');
		const [delivery, payment] = await Promise.all([
			factMeant(work, 'delivery', given.delivery),
			factMeant(work, 'payment', given.payment),
		]);
		const {
			first_name: firstName,
			last_name: lastName,
			phone,
			street,
			postcode,
			city,
			country,
			note,
		} = given;
		const steps = await tools.createOrder(work.shop, {
			lines: linesIn(given.items),
			email: work.email ?? given.email,
			delivery,
			payment,
			...(firstName !== undefined && { firstName }),
			...(lastName !== undefined && { lastName }),
			...(phone !== undefined && { phone }),
			...(street !== undefined && { street }),
			...(postcode !== undefined && { postcode }),
			...(city !== undefined && { city }),
			...(country !== undefined && { country }),
			...(note !== undefined && { note }),
		});
		return await change(work, {
			tool: 'create_order',
			subject: `order of ${given.items}`,
			steps,
			isNew: true,
			notes: {
				customer: work.email ?? given.email,
				delivery: delivery.name,
				payment: payment.name,
			},
			confirm: confirmOf(given),
		});
	},
});

/** "MUG-1 x 2, SHIRT" as lines. */
export function linesIn(text: string): Array<{ sku: string; quantity: number }> {
	const parts = text
		.split(/[,;\n]/)
		.map((each) => each.trim())
		.filter((each) => each !== '');
	return parts.map((each) => {
		const [, sku = each, quantity = '1'] = /^(.+?)\s+[x×*]\s*(\d{1,4})$/i.exec(each) ?? [];
		if (Number(quantity) > 0) return { sku, quantity: Number(quantity) };
		throw new InputError(`"${each}" has no quantity above 0.`, 'Give SKU x quantity.');
	});
}

async function factMeant<R>(work: Work<R>, kind: FactKind, text: string): Promise<ToolFact> {
	const facts = await work.tools.facts(work.shop, kind, work.settings.language);
	const byId = facts.filter(({ id }) => sameText(id, text));
	const hits = byId.length > 0 ? byId : facts.filter(({ name }) => sameText(name, text));
	const [hit, ...others] = hits;
	if (hit && others.length === 0) return hit;
	const names = (hit ? hits : facts).map(({ id, name }) => `${id} ${name}`);
	throw new InputError(
		hit ? `"${text}" is several ${kind} methods.` : `The shop has no ${kind} method "${text}".`,
		`Choose one of: ${names.join(', ')}.`,
	);
}
