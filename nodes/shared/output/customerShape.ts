/**
 * The one shape of customers on every shop (`simplify`): IDs are strings, absent is `null`, times
 * are ISO 8601. Holds no password, key or token.
 */
export interface SimplifiedAccount {
	platform: string;
	shop: string;
	id: string;
	email: string | null;
	firstName: string | null;
	lastName: string | null;
	phone: string | null;
	company: string | null;
	active: boolean | null;
	/** Bought without an account. */
	guest: boolean | null;
	newsletter: boolean | null;
	/** Private note of the shop about the customer. */
	note: string | null;
	/** `YYYY-MM-DD`. */
	birthday: string | null;
	languageId: string | null;
	groupId: string | null;
	createdAt: string | null;
	updatedAt: string | null;
	/** What is incomplete, and what would complete it. Absent when nothing is missing. */
	_missing?: string[];
}
