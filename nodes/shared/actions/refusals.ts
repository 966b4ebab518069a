import type { INodeParameters, INodeProperties } from 'n8n-workflow';

import { InputError } from '../protocol/errors';

/** Entries that protect something, which must not fall because their expression found nothing. */
export const GUARDS = ['verifyEmail', 'dryRun'];

/** Nesting no shop's record comes near; much deeper values cannot be written as JSON at all. */
const MAX_DEPTH = 100;

/** Refuses what no shop can be sent: values nested too deep, and texts with half a character. */
export function refuseUnfit(property: INodeProperties, value: unknown): void {
	// No recursion: it is what very deep values break.
	const left = [{ value, depth: 0 }];
	for (let next = left.pop(); next; next = left.pop()) {
		if (typeof next.value === 'string' && /\p{Surrogate}/u.test(next.value)) {
			throw new InputError(
				`"${property.displayName}" holds half of a character, as a text that was cut inside an emoji does.`,
				'Cut the text elsewhere, or remove that character.',
			);
		}
		if (typeof next.value !== 'object' || next.value === null) continue;
		const depth = next.depth + 1;
		if (depth > MAX_DEPTH) {
			throw new InputError(
				`"${property.displayName}" is nested more than ${MAX_DEPTH} levels deep.`,
				'Give a flatter value.',
			);
		}
		for (const each of Object.values(next.value)) left.push({ value: each, depth });
	}
}

/** Refuses entries a collection does not have: they would look as if they had been obeyed. */
export function refuseUnknown(
	property: INodeProperties,
	names: readonly string[],
	options: readonly INodeProperties[],
): void {
	const unknown = names.find((name) => !options.some((option) => option.name === name));
	if (unknown === undefined) return;
	throw new InputError(
		`"${property.displayName}" has no entry "${unknown}".`,
		options.length === 0
			? 'It has no entries.'
			: `Its entries are ${options.map(({ name }) => name).join(', ')}.`,
	);
}

/** What a model fills: itself by name, or as another parameter of the node. */
const FILLED_BY_MODEL = /\$(fromAI|parameter|rawParameter)\b/i;

/** What a model can overwrite. */
const INPUT_ITEM = /\$(json|input|data|binary|items)\b/;

/**
 * Refuses guards of an AI tool that the model could change: n8n merges the arguments of the model's
 * call over the input item, also ones that no field asks for.
 */
export function refuseOpenGuards(
	fields: readonly INodeProperties[],
	{ options: given }: INodeParameters,
): void {
	if (typeof given !== 'object' || given === null) return;
	const entries = fields.find(({ name }) => name === 'options')?.options ?? [];
	for (const { name, displayName } of entries as INodeProperties[]) {
		const expression: unknown = Object.entries(given).find(([key]) => key === name)?.[1];
		if (!GUARDS.includes(name) || typeof expression !== 'string') continue;
		if (!expression.startsWith('=')) continue;
		const isFilled = FILLED_BY_MODEL.test(expression);
		if (!isFilled && !INPUT_ITEM.test(expression)) continue;
		throw new InputError(
			isFilled
				? `"${displayName}" is filled by the model of the AI tool, which it is there to hold back.`
				: `"${displayName}" reads the input item, which the model of an AI tool can overwrite.`,
			"Enter a fixed value, or read the node that holds it: $('Chat Trigger').item.json.email.",
		);
	}
}
