import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { InputError } from '../protocol/errors';
import { OutputFile } from './files';
import type { InputFile } from './files';
import type { Output } from './operation';

/** The file in a binary property of an input item. Throws `InputError` that names the item's files. */
export async function inputFile(
	context: IExecuteFunctions,
	index: number,
	property: string,
): Promise<InputFile> {
	const files = context.getInputData()[index]?.binary ?? {};
	const file = files[property];
	if (!file) {
		const names = Object.keys(files);
		throw new InputError(
			`The item has no file in "${property}".`,
			names.length === 0
				? 'It has no file at all: put a node before this one that gets the file.'
				: `Its files are in: ${names.join(', ')}.`,
		);
	}
	const bytes = await context.helpers.getBinaryDataBuffer(index, property);
	return { bytes, fileName: file.fileName ?? '' };
}

/** What an operation gave back as an item of n8n; files are handed to n8n's binary storage. */
export async function toItem(
	context: IExecuteFunctions,
	output: Output,
	index: number,
): Promise<INodeExecutionData> {
	const pairedItem = { item: index };
	if (!(output instanceof OutputFile)) return { json: output, pairedItem };
	const { property, bytes, fileName, mimeType } = output.file;
	const binary = await context.helpers.prepareBinaryData(Buffer.from(bytes), fileName, mimeType);
	return { json: output.json, binary: { [property]: binary }, pairedItem };
}
