import type { IDataObject } from 'n8n-workflow';

/** A file of an input item. */
export interface InputFile {
	bytes: Uint8Array;
	/** Name as the item tells it; may be empty. */
	fileName: string;
}

/** A record that comes with a file; the core turns it into n8n binary data. */
export class OutputFile {
	constructor(
		readonly json: IDataObject,
		readonly file: {
			/** Name of the binary property. */
			property: string;
			bytes: Uint8Array;
			fileName: string;
			mimeType: string;
		},
	) {}
}

/** Picture formats, told by their first bytes, because names and stated types are often wrong. */
const PICTURES: ReadonlyArray<{ mimeType: string; extension: string; start: RegExp }> = [
	{ mimeType: 'image/jpeg', extension: 'jpg', start: /^ffd8ff/ },
	{ mimeType: 'image/png', extension: 'png', start: /^89504e470d0a1a0a/ },
	{ mimeType: 'image/gif', extension: 'gif', start: /^4749463837|^4749463839/ },
	{ mimeType: 'image/webp', extension: 'webp', start: /^52494646.{8}57454250/ },
];

/** The formats above are told by less. */
const START_BYTES = 16;

/** What kind of picture the bytes are; `undefined` when they are none that shops show. */
export function pictureKind(
	bytes: Uint8Array,
): { mimeType: string; extension: string } | undefined {
	const start = Buffer.from(bytes.subarray(0, START_BYTES)).toString('hex');
	return PICTURES.find((kind) => kind.start.test(start));
}

/**
 * One file as a `multipart/form-data` body.
 *
 * @param part name of the form field
 * @param boundary text that does not occur in the file
 */
export function multipartFile(
	part: string,
	file: { bytes: Uint8Array; fileName: string; mimeType: string },
	boundary: string,
): { contentType: string; bytes: Uint8Array } {
	// A quote or a line break would end the header early.
	const fileName = file.fileName.replace(/[^\p{L}\p{N}._ -]/gu, '_');
	const head = [
		`--${boundary}`,
		`Content-Disposition: form-data; name="${part}"; filename="${fileName}"`,
		`Content-Type: ${file.mimeType}`,
		'',
		'',
	].join('\r\n');
	const bytes = Buffer.concat([
		Buffer.from(head),
		Buffer.from(file.bytes),
		Buffer.from(`\r\n--${boundary}--\r\n`),
	]);
	return { contentType: `multipart/form-data; boundary=${boundary}`, bytes };
}
