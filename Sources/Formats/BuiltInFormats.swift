/// The formats that need no layout. A file that two of them claim, or one of them and a layout, is refused.
package let builtInFormats: [Format] = [iso20022, nacha, bai2, x12PaymentOrder, x12Lockbox]
