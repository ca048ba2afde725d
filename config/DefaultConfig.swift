/// The configuration that `sluice init` copies into a new home, as bytes of the program itself.
package enum DefaultConfig {
    /// Each file's path under `config/` and its bytes.
    package static let files: [(path: String, bytes: [UInt8])] = [
        ("sluice.yaml", PackageResources.sluice_yaml),
        ("policy.yaml", PackageResources.policy_yaml),
        ("calendar.yaml", PackageResources.calendar_yaml),
        ("chart.yaml", PackageResources.chart_yaml),
        ("instructions.yaml", PackageResources.instructions_yaml),
        ("retention.csv", PackageResources.retention_csv),
    ]
}
