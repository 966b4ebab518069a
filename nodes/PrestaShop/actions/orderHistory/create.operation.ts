import { orderNamed } from '../../orders/find';
import { stateNamed } from '../../orders/statuses';
import { dryRun, optionsField } from '../../../shared/actions/fields';
import { recordId } from '../../../shared/text/recordId';
import { orderId, stateId } from '../../pickers/locators';
import { zoneOf } from '../../api/reads';
import { operation } from '../operation';
import { simplifyStatus } from '../../orders/simplify';
import { isYounger } from './age';
import { knownState, newestRow, post, sendsMail } from './change';
import type { Change } from './change';

/**
 * The one safe way to change an order's state (section 4.7). Never repeated: the shop may have
 * carried it out although it answered with an error, so after an unclear answer the node looks.
 */
export const changeState = operation({
	value: 'create',
	name: 'Create (Change Status)',
	action: 'Change the status of an order',
	description:
		'Give an order a new state, with or without an email to the customer. The shop books invoice, stock and payment as if it were done in the back office.',
	needs: ['order_histories POST', 'orders GET', 'order_states GET', 'order_histories GET'],
	uses: ['configurations GET'],
	items: 'oneByOne',
	fields: [
		orderId,
		stateId,
		{
			displayName: 'Notify Customer',
			name: 'notifyCustomer',
			type: 'boolean',
			default: false,
			description:
				'Whether the shop mails the customer about the new state. It does so only for states that have an email set in the shop.',
		},
		optionsField([
			dryRun,
			{
				displayName: 'Employee ID',
				name: 'employeeId',
				type: 'string',
				default: '',
				description: 'Employee shown in the history of the order',
			},
			{
				displayName: 'Only If Order Is Younger Than (Days)',
				name: 'onlyIfYoungerThanDays',
				type: 'number',
				typeOptions: { minValue: 0, numberPrecision: 2 },
				default: 30,
				description:
					'Do nothing with an order that was placed longer ago: protects old orders when a workflow goes through its input again',
			},
			{
				displayName: 'Skip If Current',
				name: 'skipIfCurrent',
				type: 'boolean',
				default: true,
				description: 'Whether to do nothing when the order already has this state',
			},
		]),
	],
	run: async (shop, { orderId: order, stateId: target, notifyCustomer, options }) => {
		const { dryRun = false, employeeId = '', skipIfCurrent = true } = options;
		const employee = employeeId === '' ? '' : recordId(employeeId, 'Employee ID');
		const [record, state] = await Promise.all([orderNamed(shop, order), stateNamed(shop, target)]);
		const before = String(record.current_state ?? '');
		const statusBefore =
			before === '' || before === '0'
				? null
				: simplifyStatus(before, await knownState(shop, before), undefined);
		const mailed = notifyCustomer && sendsMail(state);
		const result = {
			orderId: record.id ?? '',
			reference: String(record.reference ?? ''),
			status: { ...simplifyStatus(state.id ?? '', state, undefined) },
			previousStatus: statusBefore && { ...statusBefore },
			emailRequested: mailed,
			...(notifyCustomer && !mailed && { note: 'This state has no email set in the shop.' }),
		};
		const skipped = (reason: string) => ({
			...result,
			emailRequested: false,
			changed: false,
			reason,
		});
		if (skipIfCurrent && before === state.id) return skipped('already has this state');
		const limit = options.onlyIfYoungerThanDays;
		const placed = String(record.date_add ?? '');
		if (limit !== undefined && !isYounger(placed, limit, await zoneOf(shop), Date.now())) {
			return skipped(`placed ${placed}, which is not less than ${limit} days ago`);
		}
		if (dryRun) return { ...result, changed: false, reason: 'dry run' };
		const change: Change = {
			orderId: record.id ?? '',
			stateId: state.id ?? '',
			employeeId: employee,
			mailed,
			before,
			// Only when the state is repeated on purpose, the state alone could not tell old from new.
			lastRow: before === state.id ? await newestRow(shop, record.id ?? '') : undefined,
		};
		return { ...result, changed: true, ...(await post(shop, change)) };
	},
});
