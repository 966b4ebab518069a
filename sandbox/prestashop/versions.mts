/** The versions whose answers were recorded. */
export type PrestaShopVersion = '1.6.1.24' | '1.7.8.11' | '8.2.1' | '9.1.4';

export const PRESTASHOP_VERSIONS: readonly PrestaShopVersion[] = [
	'1.6.1.24',
	'1.7.8.11',
	'8.2.1',
	'9.1.4',
];

/** A PHP message that the webservice turns into an error entry. */
export interface PhpDiagnostic {
	code: number;
	text: string;
}

/** What a version (with the PHP it was recorded on) does differently. */
export interface VersionTraits {
	/** `Server` header of the recorded installation. */
	server: string;
	/** The PATCH verb exists. */
	patch: boolean;
	/** `PSWS-Version` names the version before the key was accepted. */
	versionBeforeAuthentication: boolean;
	/** Empty elements carry an empty CDATA section. */
	emptyCdata: boolean;
	/** `display=` works on one record; otherwise the record collapses to a bare link (recorded exchange 182). */
	displayOnSingle: boolean;
	/** JSON of one record without `display` loses every falsy field. */
	jsonDropsFalsy: boolean;
	/** JSON prints integer columns as numbers. */
	jsonNativeIntegers: boolean;
	/** JSON leaves control characters in texts unescaped. */
	jsonKeepsControlCharacters: boolean;
	/** `id_default_combination` of a product is a number in JSON (recorded exchange 42). */
	integerDefaultCombination: boolean;
	/** The API root in JSON: names, or a fatal error. */
	rootJson: 'names' | 'crash';
	/** `Local-Content-Sha1` of an unchanged document gets 304; older versions answer as always (recorded exchange 296). */
	notModified: boolean;
	/** `Vary: Authorization` on answers to requests with that header. */
	varyAuthorization: boolean;
	/** Apache compresses XML (not only HTML) when the client accepts gzip. */
	gzip: boolean;
	/** PHP diagnostics that follow the error of a wrong list parameter. */
	listDiagnostics?: { code: number; text: string; lines: number[] };
	/** `filter[id][]=` and `limit[]=`; without diagnostics PHP dies. */
	arrayFilter?: PhpDiagnostic[];
	arrayLimit?: PhpDiagnostic[];
	/** A condition that is invalid SQL. */
	sqlError: 'crash' | 'emptyList';
	/** `id_shop=all` is redirected to the home page. */
	redirectsAllShops: boolean;
	/** An unknown order or state in POST order_histories. */
	invalidTransition: { status: number; body: string };
	/** Source lines that appear in PHP diagnostics (WebserviceRequest.php; productName: Product.php). */
	lines: { xml: number; filterScalar: number; deleteWithoutId: number; productName: number };
	/** What PHP says about a missing array entry. */
	undefinedEntry: string;
	/** Words PHP uses for a foreach over something else (`%s` is the type it got). */
	foreachText: string;
	/** Code of a PHP notice or warning about an undefined thing. */
	noticeCode: 3 | 5;
	/** PUT that repeats the current state runs the transition and mails again. */
	putRepeatsTransition: boolean;
	/** Duplicate e-mail is refused on creating / on changing a customer. */
	refusesDuplicateEmail: { create: boolean; update: boolean };
	/** `name` and `link_rewrite` of a product are required, and PUT keeps the other languages of required fields. */
	requiredProductTexts: boolean;
	/** Message of the PDF library when a mail carries an invoice (recorded exchange 459 of 1.6, a left-over of PHP 7.4). */
	pdfDiagnostic?: PhpDiagnostic;
	/** Message on setting `position_in_category`, which keeps the product from being saved (recorded exchange 473). */
	positionDiagnostic?: PhpDiagnostic;
	/** Message on printing a product without a cover picture (recorded exchange 424). */
	coverDiagnostic?: PhpDiagnostic;
	/** Message after creating a configuration value (recorded exchange 457). */
	configurationDiagnostic?: PhpDiagnostic;
	/** The tracking mail is sent although the carrier has no tracking address (recorded exchange 493). */
	trackingMailWithoutCarrierUrl: boolean;
	/** What PHP says when pictures are asked for in JSON. */
	imageJson: { code: number; text: string; line: number };
	/** Pictures of a product that does not exist (recorded exchange 330). */
	imagesOfUnknownProduct: 404 | 500;
	/** How validation messages write the arrow between class and property. */
	validationArrow: string;
	/** What `product_type` becomes when it is left out. */
	defaultProductType: string;
	/** A LIKE filter is answered in the order of the column's index. */
	likeUsesIndex: boolean;
	/** Stock rows are read in the order of their products (recorded exchange 156). */
	stockByProduct: boolean;
	/** libxml words an unclosed element the old way. */
	oldLibxml: boolean;
	/** What error 999 says about a group of shops. */
	groupWithoutShops: string;
	/** Failed and empty answers about pictures carry a Content-Sha1 (recorded exchanges 324, 325, 329). */
	sha1OfImageFailures: boolean;
	/** Path of the home page in redirects. */
	homePath: string;
	/** How `POST orders` refuses: the answer is a plain sentence, or nothing (recorded exchanges 642, 692, 782). */
	refusedOrder: {
		status: 200 | 500;
		bodies: Record<'repeated' | 'unknownCart' | 'wrongKey', string>;
	};
	/** A repeated order is logged so severely that the administrator gets a mail. */
	alertsRefusedOrder: boolean;
	/** States that an order goes on to when the shop has too little (recorded exchanges 681, 1074). */
	backorderStates?: { paid: number; unpaid: number };
	/** Rules without a code join the cart by themselves. */
	automaticRules: boolean;
	/** A payment is booked with all decimals that were posted (recorded exchange 704). */
	paymentKeepsDecimals: boolean;
	/** What the database refuses (a row that exists already): an uncaught exception, or error 46 (recorded exchange 823). */
	duplicateRow: 'crash' | 'unableToSave';
	/** A voucher without quantities or name is not saved; a name is needed in the default language (recorded exchanges 752, 756). */
	strictVouchers: boolean;
	/** How the message about a required text of a record without products' rules ends (recorded exchange 754). */
	emptyTextMessage: (property: string) => string;
	/** Developer mode prints diagnostics before every answer. */
	devModeBanner?: string;
	/** Status of an uncaught error in developer mode. */
	devModeFatalStatus: 200 | 500;
}

const CART_USED = 'Cart cannot be loaded or an order has already been placed using this cart';
const UNCHANGED = { status: 500, body: '' };
const WSR = '(/var/www/html/classes/webservice/WebserviceRequest.php';
const STRIP_TAGS =
	'[PHP Warning #2] strip_tags() expects parameter 1 to be string, array given (/var/www/html/classes/db/Db.php, line 815)';
const OFFSET_OF_BOOL = 'Trying to access array offset on value of type bool';

export const TRAITS: Record<PrestaShopVersion, VersionTraits> = {
	'1.6.1.24': {
		server: 'Apache/2.4.62 (Debian)',
		patch: false,
		versionBeforeAuthentication: true,
		emptyCdata: false,
		displayOnSingle: false,
		jsonDropsFalsy: false,
		jsonNativeIntegers: false,
		jsonKeepsControlCharacters: true,
		integerDefaultCombination: false,
		rootJson: 'names',
		notModified: false,
		varyAuthorization: false,
		gzip: true,
		arrayFilter: [
			{
				code: 3,
				text: `[PHP Warning #2] preg_match() expects parameter 2 to be string, array given ${WSR}, line 1554)`,
			},
			{ code: 3, text: STRIP_TAGS },
			{ code: 3, text: STRIP_TAGS },
		],
		arrayLimit: [
			{
				code: 3,
				text: `[PHP Warning #2] explode() expects parameter 2 to be string, array given ${WSR}, line 1169)`,
			},
		],
		sqlError: 'emptyList',
		redirectsAllShops: true,
		invalidTransition: { status: 200, body: 'Invalid new order status' },
		lines: { xml: 1378, filterScalar: 1052, deleteWithoutId: 1329, productName: 6058 },
		undefinedEntry: '[PHP Notice #8] Undefined offset: 1',
		foreachText: 'Invalid argument supplied for foreach()',
		noticeCode: 5,
		putRepeatsTransition: true,
		refusesDuplicateEmail: { create: false, update: false },
		requiredProductTexts: true,
		trackingMailWithoutCarrierUrl: false,
		pdfDiagnostic: {
			code: 3,
			text: '[PHP Warning #2] chr() expects parameter 1 to be int, string given (/var/www/html/tools/tcpdf/tcpdf.php, line 7706)',
		},
		imageJson: { code: 5, text: '[PHP Notice #8] Undefined index: objectsNodeName', line: 125 },
		imagesOfUnknownProduct: 500,
		validationArrow: '->',
		defaultProductType: '',
		likeUsesIndex: true,
		stockByProduct: true,
		oldLibxml: true,
		devModeBanner:
			'<br />\n<b>Deprecated</b>:  Function get_magic_quotes_gpc() is deprecated in <b>/var/www/html/config/defines.inc.php</b> on line <b>143</b><br />\n',
		groupWithoutShops: "This group shop doesn't have shops",
		sha1OfImageFailures: false,
		homePath: '/index.php',
		refusedOrder: {
			status: 200,
			bodies: { repeated: CART_USED, unknownCart: CART_USED, wrongKey: 'Fatal error' },
		},
		alertsRefusedOrder: false,
		backorderStates: { paid: 9, unpaid: 13 },
		automaticRules: false,
		paymentKeepsDecimals: false,
		duplicateRow: 'unableToSave',
		strictVouchers: false,
		emptyTextMessage: (property) => `Property ${property} is empty`,
		devModeFatalStatus: 200,
	},
	'1.7.8.11': {
		server: 'Apache/2.4.62 (Debian)',
		patch: false,
		versionBeforeAuthentication: true,
		emptyCdata: true,
		displayOnSingle: true,
		jsonDropsFalsy: false,
		jsonNativeIntegers: false,
		jsonKeepsControlCharacters: false,
		integerDefaultCombination: false,
		rootJson: 'names',
		notModified: false,
		varyAuthorization: false,
		gzip: true,
		listDiagnostics: {
			code: 5,
			text: `[PHP Notice #8] ${OFFSET_OF_BOOL}`,
			lines: [1307, 1308, 1309, 1310],
		},
		arrayLimit: [
			{
				code: 3,
				text: `[PHP Warning #2] explode() expects parameter 2 to be string, array given ${WSR}, line 1280)`,
			},
			{
				code: 3,
				text: `[PHP Warning #2] count(): Parameter must be an array or an object that implements Countable ${WSR}, line 1281)`,
			},
			{
				code: 5,
				text: `[PHP Notice #8] Trying to access array offset on value of type null ${WSR}, line 1286)`,
			},
		],
		sqlError: 'emptyList',
		redirectsAllShops: true,
		invalidTransition: { status: 500, body: 'Invalid new order status' },
		lines: { xml: 1506, filterScalar: 1159, deleteWithoutId: 1447, productName: 8028 },
		undefinedEntry: '[PHP Notice #8] Undefined offset: 1',
		foreachText: 'Invalid argument supplied for foreach()',
		noticeCode: 5,
		putRepeatsTransition: false,
		refusesDuplicateEmail: { create: true, update: false },
		requiredProductTexts: false,
		trackingMailWithoutCarrierUrl: true,
		positionDiagnostic: {
			code: 5,
			text: '[PHP Notice #8] Trying to access array offset on value of type null (/var/www/html/classes/Product.php, line 7149)',
		},
		coverDiagnostic: {
			code: 5,
			text: `[PHP Notice #8] ${OFFSET_OF_BOOL} (/var/www/html/classes/Product.php, line 7178)`,
		},
		imageJson: { code: 5, text: '[PHP Notice #8] Undefined index: objectsNodeName', line: 127 },
		imagesOfUnknownProduct: 404,
		validationArrow: '->',
		defaultProductType: '',
		likeUsesIndex: true,
		stockByProduct: true,
		oldLibxml: true,
		groupWithoutShops: "This shop group doesn't have shops",
		sha1OfImageFailures: false,
		homePath: '/',
		refusedOrder: {
			status: 500,
			bodies: { repeated: CART_USED, unknownCart: '', wrongKey: 'Fatal error' },
		},
		alertsRefusedOrder: true,
		backorderStates: { paid: 9, unpaid: 12 },
		automaticRules: true,
		paymentKeepsDecimals: true,
		duplicateRow: 'unableToSave',
		strictVouchers: false,
		emptyTextMessage: (property) => `Property ${property} is empty.`,
		devModeFatalStatus: 500,
	},
	'8.2.1': {
		server: 'Apache/2.4.71 (Debian)',
		patch: true,
		versionBeforeAuthentication: false,
		emptyCdata: true,
		displayOnSingle: true,
		jsonDropsFalsy: true,
		jsonNativeIntegers: false,
		jsonKeepsControlCharacters: false,
		integerDefaultCombination: true,
		rootJson: 'crash',
		notModified: true,
		varyAuthorization: false,
		gzip: true,
		listDiagnostics: {
			code: 3,
			text: `[PHP Warning #2] ${OFFSET_OF_BOOL}`,
			lines: [1333, 1334, 1335, 1336],
		},
		sqlError: 'crash',
		redirectsAllShops: false,
		invalidTransition: UNCHANGED,
		lines: { xml: 1544, filterScalar: 1184, deleteWithoutId: 1485, productName: 8101 },
		undefinedEntry: '[PHP Warning #2] Undefined array key 1',
		foreachText: 'foreach() argument must be of type array|object, %s given',
		noticeCode: 3,
		putRepeatsTransition: false,
		refusesDuplicateEmail: { create: true, update: true },
		requiredProductTexts: false,
		trackingMailWithoutCarrierUrl: false,
		imageJson: {
			code: 3,
			text: '[PHP Warning #2] Undefined array key "objectsNodeName"',
			line: 127,
		},
		imagesOfUnknownProduct: 404,
		validationArrow: '-&gt;',
		defaultProductType: '',
		likeUsesIndex: true,
		stockByProduct: false,
		oldLibxml: false,
		groupWithoutShops: "This shop group doesn't have shops",
		sha1OfImageFailures: true,
		homePath: '/',
		refusedOrder: {
			status: 500,
			bodies: {
				repeated: CART_USED,
				unknownCart: CART_USED,
				wrongKey: 'Error processing order. Secure key does not match.',
			},
		},
		alertsRefusedOrder: true,
		automaticRules: true,
		paymentKeepsDecimals: true,
		duplicateRow: 'crash',
		strictVouchers: false,
		emptyTextMessage: (property) => `Property ${property} is empty.`,
		devModeFatalStatus: 200,
	},
	'9.1.4': {
		server: 'Apache/2.4.71 (Debian)',
		patch: true,
		versionBeforeAuthentication: false,
		emptyCdata: true,
		displayOnSingle: true,
		jsonDropsFalsy: true,
		jsonNativeIntegers: true,
		jsonKeepsControlCharacters: false,
		integerDefaultCombination: true,
		rootJson: 'crash',
		notModified: true,
		varyAuthorization: true,
		gzip: false,
		listDiagnostics: {
			code: 3,
			text: `[PHP Warning #2] ${OFFSET_OF_BOOL}`,
			lines: [1299, 1300, 1301, 1302],
		},
		sqlError: 'emptyList',
		redirectsAllShops: false,
		invalidTransition: UNCHANGED,
		lines: { xml: 1510, filterScalar: 1150, deleteWithoutId: 1451, productName: 7752 },
		undefinedEntry: '[PHP Warning #2] Undefined array key 1',
		foreachText: 'foreach() argument must be of type array|object, %s given',
		noticeCode: 3,
		putRepeatsTransition: false,
		refusesDuplicateEmail: { create: true, update: true },
		requiredProductTexts: false,
		trackingMailWithoutCarrierUrl: false,
		configurationDiagnostic: {
			code: 3,
			text: '[PHP Warning #2] foreach() argument must be of type array|object, bool given (/var/www/html/classes/ObjectModel.php, line 552)',
		},
		imageJson: {
			code: 3,
			text: '[PHP Warning #2] Undefined array key "objectsNodeName"',
			line: 107,
		},
		imagesOfUnknownProduct: 404,
		validationArrow: '->',
		defaultProductType: 'standard',
		likeUsesIndex: false,
		stockByProduct: false,
		oldLibxml: false,
		groupWithoutShops: "This shop group doesn't have shops",
		sha1OfImageFailures: true,
		homePath: '/',
		refusedOrder: { status: 500, bodies: { repeated: '', unknownCart: '', wrongKey: '' } },
		alertsRefusedOrder: true,
		automaticRules: true,
		paymentKeepsDecimals: true,
		duplicateRow: 'unableToSave',
		strictVouchers: true,
		emptyTextMessage: (property) => `Property ${property} is not valid`,
		devModeFatalStatus: 200,
	},
};
