import type { ZodRawShape, ZodTypeAny } from 'zod';

import type { Parameter, Parameters } from './parameters';

/**
 * The parameters as an object of zod, where n8n's own zod is in reach: n8n's human review between agent
 * and tool keeps the arguments of such tools only. `undefined` where it is not; JSON Schema does then.
 */
export async function zodSchemaOf(parameters: Parameters): Promise<ZodTypeAny | undefined> {
	try {
		const { z } = await import('zod');
		const typeOf = ({ type, enum: choices }: Parameter): ZodTypeAny => {
			const [first, ...others] = choices ?? [];
			if (first !== undefined) return z.enum([first, ...others]);
			if (type === 'boolean') return z.boolean();
			if (type === 'string') return z.string();
			return type === 'integer' ? z.number().int() : z.number();
		};
		const entries = Object.entries(parameters).map(([name, parameter]) => {
			const { description, required } = parameter;
			const plain = typeOf(parameter);
			const told = description === undefined ? plain : plain.describe(description);
			return [name, required ? told : told.optional()] as const;
		});
		return z.object(Object.fromEntries(entries) as ZodRawShape);
	} catch {
		return undefined;
	}
}
