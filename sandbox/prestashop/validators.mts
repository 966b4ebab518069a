import type { PrestaShopVersion } from './versions.mts';

const EMAIL =
	/^[a-z\p{L}0-9!#$%&'*+/=?^`{}|~_-]+(?:[.]?[a-z\p{L}0-9!#$%&'*+/=?^`{}|~_-])*@[a-z\p{L}0-9]+(?:[.-]?[_a-z\p{L}0-9])*\.[a-z\p{L}0-9]+$/iu;
const DATE =
	/^([0-9]{4})-((0?[0-9])|(1[0-2]))-((0?[0-9])|([1-2][0-9])|(3[01]))( [0-9]{2}:[0-9]{2}:[0-9]{2})?$/;

function unsignedInteger(value: string): boolean {
	return /^\d+$/.test(value) && Number(value) < 4_294_967_296;
}

function float(value: string): boolean {
	return (
		value.trim() !== '' &&
		String(Number(value)) !== 'NaN' &&
		/^[-+]?[\d.]+(e[-+]?\d+)?$/i.test(value)
	);
}

function customerName(value: string, version: PrestaShopVersion): boolean {
	if (/www|http/i.test(value)) return false;
	if (version === '1.6.1.24') return /^[^0-9!<>,;?=+()@#"°{}_$%:]*$/u.test(value);
	return /^[^0-9!<>,;?=+()/\\@#"°*`{}_^$%:¤[\]|]*$/u.test(value) && !/\.\S/.test(value.trim());
}

/** Date parts that exist in the calendar; zero dates count as no date. */
function date(value: string): boolean {
	const match = DATE.exec(value);
	if (!match) return false;
	const [year, month, day] = [match[1], match[2], match[5]].map(Number);
	if (!year && !month && !day) return true;
	const made = new Date(Date.UTC(year ?? 0, (month ?? 1) - 1, day ?? 1));
	return made.getUTCMonth() === (month ?? 1) - 1 && made.getUTCDate() === day;
}

type Check = (value: string, version: PrestaShopVersion) => boolean;

/** PrestaShop's validators, by the names that `schema=synopsis` prints. Unknown names accept everything. */
const CHECKS: Record<string, Check> = {
	isBool: (v) => v === '' || v === '0' || v === '1',
	isInt: (v) => /^-?\d+$/.test(v),
	isPositiveInt: (v) => /^\d+$/.test(v),
	isUnsignedInt: unsignedInteger,
	isUnsignedId: unsignedInteger,
	isNullOrUnsignedId: unsignedInteger,
	isFloat: float,
	isUnsignedFloat: (v) => float(v) && Number(v) >= 0,
	isPrice: (v) => /^[0-9]{1,10}(\.[0-9]{1,9})?$/.test(v),
	isNegativePrice: (v) => /^-?[0-9]{1,10}(\.[0-9]{1,9})?$/.test(v),
	isIp2Long: (v) => /^-?\d+$/.test(v),
	isPercentage: (v) => float(v) && Number(v) >= 0 && Number(v) <= 100,
	isDate: date,
	isDateFormat: (v) =>
		/^([0-9]{4})-((0?[0-9])|(1[0-2]))-((0?[0-9])|([1-2][0-9])|(3[01]))( [0-9]{2}:[0-9]{2}:[0-9]{2})?$/.test(
			v,
		),
	isDateOrNull: (v) => v === '0000-00-00 00:00:00' || date(v),
	isBirthDate: (v) => v === '0000-00-00' || date(v),
	isGenericName: (v) => /^[^<>={}]*$/u.test(v),
	IsGenericName: (v) => /^[^<>={}]*$/u.test(v),
	isCatalogName: (v) => /^[^<>;=#{}]*$/u.test(v),
	isName: (v) => /^[^0-9!<>,;?=+()@#"°{}_$%:¤|]*$/u.test(v),
	isCustomerName: customerName,
	isEmail: (v) => EMAIL.test(v),
	isCleanHtml: (v) =>
		!/<[\s]*script|<\?php|javascript:|\bon(?:click|load|error|mouseover|focus|blur)\s*=/i.test(v),
	isMd5: (v) => /^[a-f0-9A-F]{32}$/.test(v),
	isSha1: (v) => /^[a-fA-F0-9]{40}$/.test(v),
	isModuleName: (v) => /^[a-zA-Z0-9_-]+$/.test(v),
	isReference: (v) => /^[^<>;={}]*$/u.test(v),
	isLinkRewrite: (v) => /^[_a-zA-Z0-9\p{L}-]+$/u.test(v),
	isEan13: (v) => /^[0-9]{0,14}$/.test(v),
	isUpc: (v) => /^[0-9]{0,12}$/.test(v),
	isIsbn: (v) => /^[0-9-]{0,32}$/.test(v),
	isMpn: (v) => v.length <= 40,
	isColor: (v) => /^(#[0-9a-fA-F]{6}|[a-zA-Z0-9-]*)$/.test(v),
	isLanguageIsoCode: (v) => /^[a-zA-Z]{2,3}$/.test(v),
	isLanguageCode: (v) => /^[a-zA-Z]{2}(-[a-zA-Z]{2})?$/.test(v),
	isLocale: (v) => /^[a-z]{2}-[A-Z]{2}$/.test(v),
	isPhoneNumber: (v) => /^[+0-9. ()/-]*$/.test(v),
	isPostCode: (v) => /^[a-zA-Z 0-9-]+$/.test(v),
	isCityName: (v) => /^[^!<>;?=+@#"°{}_$%]*$/u.test(v),
	isAddress: (v) => /^[^!<>?=+@{}_$%]*$/u.test(v),
	isUrl: (v) => /^[~:#,$%&_=().? +\-@/a-zA-Z0-9\p{L}]+$/u.test(v),
	isApe: (v) => /^[0-9]{3,4}[a-zA-Z]$/.test(v),
	isProductVisibility: (v) => ['both', 'catalog', 'search', 'none'].includes(v),
	isReductionType: (v) => v === 'amount' || v === 'percentage',
	isTplName: (v) => /^[a-zA-Z0-9_-]+$/.test(v),
	isTrackingNumber: (v) => /^[~:#,%&_=()[\]?+\-@/a-zA-Z0-9 .|!]+$/.test(v),
};

/** Does `value` pass the validator? */
export function isValid(format: string, value: string, version: PrestaShopVersion): boolean {
	return CHECKS[format]?.(value, version) ?? true;
}
