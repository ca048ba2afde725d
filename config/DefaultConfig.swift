/// The configuration that `sluice init` copies into a new home, as bytes of the program itself.
package enum DefaultConfig {
    /// Each file's path under `config/` and its bytes.
    package static let files: [(path: String, bytes: [UInt8])] = [
        ("sluice.yaml", PackageResources.sluice_yaml),
        ("policy.yaml", PackageResources.policy_yaml),
        ("calendar.yaml", PackageResources.calendar_yaml),
        ("chart.yaml", PackageResources.chart_yaml),
        ("duties.yaml", PackageResources.duties_yaml),
        ("instructions.yaml", PackageResources.instructions_yaml),
        ("retention.csv", PackageResources.retention_csv),
        ("layouts/bai-lockbox-a.yaml", PackageResources.bai_lockbox_a_yaml),
        ("layouts/bai-lockbox-b.yaml", PackageResources.bai_lockbox_b_yaml),
        ("layouts/bai-lockbox-c.yaml", PackageResources.bai_lockbox_c_yaml),
        ("layouts/bank-statement.yaml", PackageResources.bank_statement_yaml),
        ("layouts/bank-statement-eu.yaml", PackageResources.bank_statement_eu_yaml),
        ("layouts/bill-pay.yaml", PackageResources.bill_pay_yaml),
        ("layouts/card-processor.yaml", PackageResources.card_processor_yaml),
        ("layouts/default.yaml", PackageResources.default_yaml),
        ("layouts/nordwasser.yaml", PackageResources.nordwasser_yaml),
        ("layouts/pipe-lockbox.yaml", PackageResources.pipe_lockbox_yaml),
        ("layouts/riverbend.yaml", PackageResources.riverbend_yaml),
    ]
}
