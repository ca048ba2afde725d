internal import Model

/// What a type code of Cash Management 2005 says of an amount.
struct BAI2TypeCode {
    let direction: Direction
    let kind: ItemKind
    let tender: Tender
    /// Whether the customer reference is the number of a check.
    let isOneCheck: Bool
    /// Whether the table knows the code; else its range alone told the direction.
    let isKnown: Bool

    /// The code of a detail (16); nil where it tells a balance or nothing at all, or no range tells its direction.
    static func detail(_ code: Int) -> BAI2TypeCode? { table[code] }

    /// Every code of three digits.
    private static let table = (0...999).map { BAI2TypeCode($0) }

    private init?(_ code: Int) {
        guard let direction = BAI2TypeCode.direction(of: code) else { return nil }
        self.direction = direction
        let isSummary = BAI2TypeCode.summaries.contains(code)
        kind = BAI2TypeCode.kinds.first { $0.value.contains(code) }?.key ?? .payment
        let usual = direction == .credit ? Tender.achCredit : .achDebit
        tender = BAI2TypeCode.tenders.first { $0.value.contains(code) }?.key ?? usual
        isOneCheck = BAI2TypeCode.checks.contains(code)
        isKnown = isSummary || BAI2TypeCode.details.contains(code)
    }

    /// Balances and other states of an account may be negative; sums and details may not.
    static func isStatus(_ code: Int) -> Bool {
        (1...99).contains(code) || loanBalances.contains(code) || (900...919).contains(code)
    }

    /// 100–399 and 920–959 are credits, 400–699 and 960–999 debits; of 700–799 only the table tells.
    private static func direction(of code: Int) -> Direction? {
        switch code {
        case 100...399, 720...728, 890, 920...959: .credit
        case 400...699, 760, 960...999: .debit
        default: nil
        }
    }
}

// The table. A code that stands in none of these lists is a payment, by ACH or transfer.
extension BAI2TypeCode {
    /// Contains non-monetary information.
    static let nonMonetary = 890
    /// Today's and all lockbox deposits, one deposit, an item in it: told together, each is a part of the one before.
    static let lockbox: Set<Int> = [109, 110, 115, 116]
    private static let loanBalances: Set<Int> = [701, 703, 705, 707, 709]

    static let kinds: [ItemKind: Set<Int>] = [
        // Lockbox deposit and an item in it, card deposit, ACH settlement: other files tell the items. The sum of other
        // kinds in a detail is money of which the bank tells no more.
        .sum: [109, 110, 115, 116, 147, 166, 466, 468],
        // Credits: what we paid or collected comes back. Debits: a deposit, a credit or an entry of ours does.
        .returned: [123, 252, 255, 257, 258, 261, 266, 395, 423, 550, 552, 555, 556, 557, 558, 561, 566, 694],
        // Lockbox adjustment and debit, deposit correction, cash letter, transfer and return item adjustment,
        // posting error, adjustment.
        .correction: [118, 172, 189, 196, 254, 268, 357, 415, 489, 496, 554, 568, 631, 695],
        // Commission, fee refund, overdraft, return item, account analysis and miscellaneous fees.
        .fee: [224, 398, 524, 564, 567, 661, 698],
        .notice: [nonMonetary],
    ]

    static let tenders: [Tender: Set<Int>] = [
        .check: [
            115, 116, 118, 170, 172, 173, 174, 175, 176, 182, 184, 185, 186, 187, 188, 189, 221, 222, 250, 255, 266,
            268, 301, 310, 318, 319, 362, 395, 109, 110, 415, 416, 430, 435, 470, 471, 472, 474, 475, 476, 484, 486,
            487, 489, 522, 550, 555, 566, 568, 583, 584, 588, 694, 695,
        ],
        .cash: [352, 353, 366, 628, 629, 666],
        .card: [146, 147],
    ]

    /// Details that are one check each, or one check returned.
    static let checks: Set<Int> = [116, 255, 266, 395, 435, 474, 475, 484, 522, 555, 566]

    static let summaries: Set<Int> = [
        100, 101, 105, 106, 107, 120, 130, 131, 140, 146, 150, 160, 162, 163, 167, 168, 169, 170, 178, 180,
        182, 185, 186, 188, 190, 200, 205, 207, 210, 215, 230, 231, 239, 245, 250, 251, 256, 260, 270, 271, 280, 285,
        294, 302, 303, 304, 305, 307, 309, 310, 315, 316, 318, 319, 320, 321, 324, 325, 326, 327, 328, 329, 330, 332,
        336, 338, 340, 341, 343, 350, 352, 355, 356, 360, 361, 370, 385, 389, 390, 400, 401, 403, 405, 406, 410, 412,
        416, 420, 430, 446, 450, 463, 465, 467, 470, 471, 478, 480, 482, 486, 490, 500, 505, 507, 510, 515, 530, 532,
        534, 536, 537, 539, 551, 560, 570, 580, 583, 584, 585, 586, 587, 588, 590, 594, 596, 601, 602, 610,
        611, 612, 613, 614, 615, 617, 618, 621, 623, 625, 626, 628, 630, 632, 640, 646, 650, 655, 665, 670, 685, 689,
        690, 720, 760,
    ]

    static let details: Set<Int> = [
        108, 109, 110, 115, 116, 118, 121, 122, 123, 135, 136, 142, 143, 145, 147, 155, 156, 164, 165, 166, 171, 172,
        173, 174,
        175, 176, 184, 187, 189, 191, 195, 196, 198, 201, 202, 206, 208, 212, 213, 214, 216, 218, 221, 222, 224, 226,
        227, 229, 232, 233, 234, 235, 236, 237, 238, 240, 241, 242, 243, 244, 246, 247, 248, 249, 252, 254, 255, 257,
        258, 261, 263, 266, 268, 274, 275, 276, 277, 278, 281, 286, 295, 301, 306, 308, 331, 342, 344, 345, 346, 347,
        348, 349, 351, 353, 354, 357, 358, 359, 362, 363, 364, 366, 367, 368, 369, 372, 373, 374, 376, 377, 378, 379,
        381, 382, 383, 384, 386, 387, 388, 391, 392, 393, 394, 395, 397, 398, 399, 408, 409, 415, 421, 422, 423, 435,
        445, 447, 451, 452, 455, 462, 464, 466, 468, 469, 472, 474, 475, 476, 477, 479, 481, 484, 485, 487, 489, 491,
        493, 495, 496, 498, 501, 502, 506, 508, 512, 513, 514, 516, 518, 522, 524, 526, 527, 529, 531, 533, 535, 538,
        540, 541, 542, 543, 544, 546, 547, 548, 549, 550, 552, 554, 555, 556, 557, 558, 561, 563, 564, 566, 567, 568,
        574, 575,
        577, 578, 581, 595, 597, 616, 622, 627, 629, 631, 633, 634, 641, 644, 651, 654, 656, 657, 658, 659, 661, 662,
        663, 664, 666, 667, 668, 669, 672, 673, 674, 676, 677, 678, 679, 681, 682, 683, 684, 686, 687, 688, 691, 692,
        693, 694, 695, 696, 697, 698, 699, 721, 722, 723, 724, 725, 726, 727, 728, 890,
    ]
}
