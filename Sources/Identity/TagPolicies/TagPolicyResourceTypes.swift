/// The resource types on which tag policies can be enforced.
///
/// AWS: Organizations user guide, "Services and resource types that support enforcement" (September 2026). IAM users
/// and roles, S3 objects and SWF domains are not among them.
public enum TagPolicyResourceTypes {
  /// Whether a type (`sqs:queue`), or all of a service (`sqs:ALL_SUPPORTED`), can stand in `enforced_for`.
  public static func canBeEnforced(_ type: String) -> Bool { enforced.contains(type) }

  /// Whether a type can stand in `report_required_tag_for`. The types there are many more, so only their form is looked
  /// at; unverified: AWS refuses those it doesn't know.
  public static func canBeRequired(_ type: String) -> Bool {
    let parts = type.split(separator: ":", omittingEmptySubsequences: false)
    return parts.count == 2
      && parts.allSatisfy { part in
        !part.isEmpty
          && part.utf8.allSatisfy { byte in
            (48...57).contains(byte) || (97...122).contains(byte) || (65...90).contains(byte)
              || [45, 47, 95].contains(byte)
          }
      }
  }

  private static let enforced: Set<String> = {
    var types: Set<String> = []
    for line in table.split(separator: "\n") {
      let words = line.split(separator: " ").map(String.init)
      guard let first = words.first else { continue }
      let service = first.hasSuffix("*") ? String(first.dropLast()) : first
      if first.hasSuffix("*") { types.insert("\(service):ALL_SUPPORTED") }
      for word in words.dropFirst() { types.insert("\(service):\(word)") }
    }
    return types
  }()

  /// A service a line; the star says that `ALL_SUPPORTED` is taken for it.
  private static let table = """
    acm-pca* certificate-authority
    acm* certificate
    amplifyuibuilder* app/environment/components
    aoss* collection
    apigateway* apikeys domainnames restapis
    appconfig application application/configurationprofile application/environment
    appconfig application/environment/deployment deploymentstrategy
    appmesh* mesh mesh/virtualgateway mesh/virtualgateway/gatewayroute mesh/virtualnode mesh/virtualrouter
    appmesh mesh/virtualrouter/route mesh/virtualservice
    athena* workgroup
    auditmanager* assessment assessmentframework control
    backup-gateway* gateway hypervisor vm
    backup* backup-plan backup-vault
    batch* job job-definition job-queue
    bugbust* event
    catalog* portfolio product
    chime* app-instance app-instance/channel app-instance/user media-pipeline meeting sma vc
    cleanrooms* collaboration configuredtable membership membership/configuredtableassociation
    cloud9* environment
    cloudfront* distribution streaming-distribution
    cloudtrail* trail
    cloudwatch* alarm insight-rule metric-stream
    codebuild* project
    codecatalyst* connections
    codecommit* repository
    codeguru-reviewer* association
    codeguru-security* scans
    codepipeline* actiontype pipeline webhook
    codestar-connections* connection host
    cognito-identity* identitypool
    cognito-idp* userpool
    comprehend* document-classifier entity-recognizer
    config* aggregation-authorization config-aggregator config-rule
    connect* instance/agent instance/contact-flow instance/integration-association instance/queue
    connect instance/routing-profile instance/transfer-destination
    diode-messaging mapping
    directconnect* dxcon dxlag dxvif
    dlm* policy
    dms* endpoint es rep subgrp task
    dynamodb* table
    ec2* capacity-reservation capacity-reservation-fleet carrier-gateway client-vpn-endpoint coip-pool customer-gateway
    ec2 dedicated-host dhcp-options egress-only-internet-gateway elastic-ip export-image-task export-instance-task fleet
    ec2 fpga-image host-reservation image import-image-task import-snapshot-task instance instance-connect-endpoint
    ec2 instance-event-window internet-gateway ipam ipam-external-resource-verification-token ipam-pool
    ec2 ipam-resource-discovery ipam-resource-discovery-association ipam-scope ipv4pool-ec2 key-pair launch-template
    ec2 local-gateway-route-table local-gateway-route-table-virtual-interface-group-association
    ec2 local-gateway-route-table-vpc-association natgateway network-acl network-insights-access-scope
    ec2 network-insights-access-scope-analysis network-insights-analysis network-insights-path network-interface
    ec2 placement-group prefix-list replace-root-volume-task reserved-instances route-table security-group snapshot
    ec2 spot-fleet-request spot-instances-request subnet subnet-cidr-reservation traffic-mirror-filter
    ec2 traffic-mirror-session traffic-mirror-target transit-gateway transit-gateway-attachment
    ec2 transit-gateway-connect-peer transit-gateway-multicast-domain transit-gateway-policy-table
    ec2 transit-gateway-route-table transit-gateway-route-table-announcement verified-access-endpoint
    ec2 verified-access-group verified-access-instance verified-access-trust-provider volume vpc vpc-endpoint
    ec2 vpc-endpoint-service vpc-flow-log vpc-peering-connection vpn-connection vpn-gateway
    ecr* repository
    ecs* capacity-provider cluster service task-definition task-set
    eks* cluster
    elasticache* cluster
    elasticbeanstalk* application applicationversion configurationtemplate platform
    elasticfilesystem* file-system
    elasticloadbalancing listener listener-rule loadbalancer targetgroup
    elasticmapreduce* cluster editor
    emr-serverless applications
    entityresolution* matchingworkflow schemamapping
    es* domain
    events* event-bus rule
    firehose* deliverystream
    frauddetector* detector detector-version model rule variable
    fsx* backup file-system
    globalaccelerator accelerator
    greengrass* bulk connectorsdefinition coresdefinition devicesdefinition functionsdefinition loggersdefinition
    greengrass resourcesdefinition subscriptionsdefinition
    guardduty detector detector/filter detector/ipset detector/threatintelset
    healthlake* datastore
    iam* instance-profile mfa oidc-provider policy saml-provider server-certificate
    inspector2* filter
    internetmonitor* monitor
    iotanalytics* channel dataset datastore pipeline
    iotevents* detectormodel input
    iotfleethub* application
    iotsitewise* asset asset-model
    kinesisanalytics* application
    kms* key
    lambda* function
    logs destination log-group
    macie2*
    mediastore* container
    mq* broker configuration
    network-firewall* firewall firewall-policy stateful-rulegroup stateless-rulegroup
    oam* link sink
    omics* annotationstore annotationstore/version referencestore referencestore/reference run rungroup sequencestore
    omics sequencestore/readset variantstore workflow
    organizations* account ou policy root
    pipes* pipe
    ram* resource-share
    rbin* rule
    rds* cluster-endpoint cluster-pg db-proxy db-proxy-endpoint es og pg ri secgrp subgrp target-group
    redshift-serverless* namespace workgroup
    redshift* cluster eventsubscription hsmclientcertificate hsmconfiguration parametergroup snapshot snapshotcopygrant
    redshift snapshotschedule subnetgroup
    resource-groups* group
    route53* hostedzone
    route53resolver* resolver-endpoint resolver-rule
    s3* bucket storage-lens storage-lens-group
    sagemaker action app-image-config artifact context experiment flow-definition human-task-ui model-package
    sagemaker model-package-group pipeline processing-job project training-job
    scheduler* schedule-group
    secretsmanager* secret
    securitylake* data-lake subscriber
    servicecatalog* applications attribute-groups
    sms-voice* configuration-set opt-out-list phone-number pool sender-id
    sns* topic
    sqs* queue
    ssm-contacts* contact
    ssm* association automation-execution document maintenancewindow managed-instance opsitem patchbaseline session
    states* activity statemachine
    storagegateway gateway gateway/volume share tape
    textract* adapters
    transfer* server user workflow
    wellarchitected* workload
    wickr* network
    wisdom* assistant association content knowledge-base session
    worklink fleet
    workspaces* connectionalias directory workspace workspacebundle workspaceimage workspaceipgroup
    """
}
