import { textOf } from './definitions.mts';
import { takenValue } from './errors.mts';
import { additionalFieldsOf } from './orderView.mts';
import type { SavingRules } from './savingRules.mts';

/** Rules of `POST` and `PUT /users`: an e-mail address belongs to one customer (LIVE). */
export const USER_RULES: SavingRules = {
	check: (shop, given, complaints, before) => {
		const email = textOf(given.email);
		if (given.email !== undefined && email !== '' && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email))
			complaints.add('email', `Niepoprawny adres e-mail '${email}'`);
		const password = textOf(given.password);
		if (password !== '' && password.length < 12)
			complaints.add('password', 'Wartość musi mieć co najmniej 12 znaków');
		// Capitals do not make another address.
		const same = shop.database
			.table('users')
			.rows()
			.some(
				(row) =>
					row.id !== before?.id && textOf(row.values.email).toLowerCase() === email.toLowerCase(),
			);
		if (email !== '' && same) complaints.add('email', takenValue(email));
	},
	prepare: (shop, { given, values, before }) => {
		const prepared = { ...values };
		// Tags are one string on write and a list on read.
		if (typeof given.tags === 'string')
			prepared.tags = given.tags
				.split(',')
				.map((tag) => tag.trim())
				.filter((tag) => tag !== '');
		if (given.additional_fields !== undefined)
			prepared.additional_fields = additionalFieldsOf(shop, given.additional_fields);
		if (!before) prepared.date_add = shop.clock.wall();
		return prepared;
	},
};
