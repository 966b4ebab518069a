/** A made-up customer of a demo shop. */
export interface DemoCustomer {
	firstName: string;
	lastName: string;
	email: string;
}

const NAMES = [
	['Anna', 'Nowak'],
	['Piotr', 'Kowalski'],
	['Maria', 'Wiśniewska'],
	['Jan', 'Zieliński'],
	['Zofia', 'Wójcik'],
] as const;

/** The customer whose turn it is in a small round of Polish customers. */
export function polishCustomer(turn: number): DemoCustomer {
	const [firstName, lastName] = NAMES[turn % NAMES.length] ?? NAMES[0];
	const email = `${firstName}.${lastName}@example.com`
		.normalize('NFD')
		.replace(/\p{M}/gu, '')
		.replaceAll('ł', 'l')
		.toLowerCase();
	return { firstName, lastName, email };
}
