import type { WsContext } from './context.mts';
import type { Draft } from './draft.mts';
import { isValid } from './validators.mts';

/** Language in which required texts must not be empty. */
const DEFAULT_LANGUAGE = '1';

/** The first field that does not pass, with the code of the error. */
export interface ValidationProblem {
	code: 84 | 85;
	message: string;
}

/** Validates translated fields first, then the others; every column is looked at, sent or not (reference, section 4.3). */
export function validateDraft(ctx: WsContext, draft: Draft): ValidationProblem | undefined {
	const { className, fields } = draft.resource;
	const { version } = ctx.shop;
	const arrow = ctx.traits.validationArrow;
	for (const [name, field] of fields) {
		if (!field.i18n) continue;
		const value = draft.values[name] ?? null;
		const texts = typeof value === 'object' && value !== null ? Object.entries(value) : [];
		const first = typeof value === 'object' && value !== null ? value[DEFAULT_LANGUAGE] : undefined;
		if ((field.required || needsName(ctx, draft, name)) && !first) {
			return {
				code: 84,
				message: emptyText(ctx, draft, name),
			};
		}
		const all = typeof value === 'string' ? [value] : texts.map(([, text]) => text);
		for (const text of all) {
			if (text === '') continue;
			if (field.maxSize && text.length > field.maxSize)
				return { code: 84, message: tooLong(`${className}${arrow}${name}`, text, field.maxSize) };
			if (field.format && !isValid(field.format, text, version)) {
				return { code: 84, message: `Property ${className}${arrow}${name} is not valid` };
			}
		}
	}
	for (const [name, field] of fields) {
		if (field.i18n || field.dynamic) continue;
		const value = draft.values[name];
		const text = typeof value === 'string' ? value : '';
		if (text === '') {
			if (field.required && name !== 'passwd') {
				return { code: 85, message: `Property ${className}${arrow}${name} is empty` };
			}
			continue;
		}
		if (field.maxSize && text.length > field.maxSize) {
			return { code: 85, message: tooLong(`${className}${arrow}${name}`, text, field.maxSize) };
		}
		if (field.format && !isValid(field.format, text, version)) {
			return { code: 85, message: `Property ${className}${arrow}${name} is not valid` };
		}
	}
	return undefined;
}

/** 9.1.4: a voucher without a name, unless the database refuses it anyway for want of quantities (recorded exchange 908). */
function needsName(ctx: WsContext, draft: Draft, name: string): boolean {
	const { quantity, quantity_per_user } = draft.values;
	return (
		ctx.traits.strictVouchers &&
		draft.resource.className === 'CartRule' &&
		name === 'name' &&
		Boolean(quantity) &&
		Boolean(quantity_per_user)
	);
}

/** Categories and statuses word it in a sentence of their own; the others by their property (recorded exchange 754). */
function emptyText(ctx: WsContext, draft: Draft, name: string): string {
	const { version, traits } = ctx.shop;
	return version !== '1.6.1.24' && ['Category', 'Product'].includes(draft.resource.className)
		? `The field ${name} is required at least in English (English).`
		: traits.emptyTextMessage(`${draft.resource.className}${traits.validationArrow}${name}`);
}

function tooLong(property: string, text: string, size: number): string {
	return `The length of property ${property} is currently ${text.length} chars. It must be between 0 and ${size} chars.`;
}
