import { field } from '../../../shared/actions/operation';
import { dryRun, optionsField } from '../../../shared/actions/fields';

/** Where the image comes from. */
export const inputField = field({
	displayName: 'Input Data Field Name',
	name: 'binaryPropertyName',
	type: 'string',
	default: 'data',
	required: true,
	hint: 'The name of the input field containing the binary file data',
	description: 'JPEG or PNG; GIF and, from PrestaShop 8.1 on, WebP work as well',
});

/** Where the image goes to. */
export const outputField = field({
	displayName: 'Put Output File in Field',
	name: 'binaryPropertyName',
	type: 'string',
	default: 'data',
	required: true,
	hint: 'The name of the output field to put the binary file data in',
});

/** Options of everything that sends an image. */
export const sendingOptions = optionsField([
	dryRun,
	{
		displayName: 'Max File Size',
		name: 'maxFileSize',
		type: 'number',
		typeOptions: { minValue: 0.1 },
		default: 2,
		description:
			'In megabytes; larger images are refused before they are sent. Shops take 2 MB unless their owner changed that.',
	},
]);
