import sharp from 'sharp';
const d='/tmp/shots-look/';
for (const spec of process.argv.slice(2)) {
  const [n,hh='1500']=spec.split('|'); const h=Number(hh);
  const m=await sharp(d+n+'.png').metadata();
  const k=Math.ceil(m.height/h); const comp=[];
  for(let i=0;i<k;i++){ const hi=Math.min(h,m.height-i*h); comp.push({input:await sharp(d+n+'.png').extract({left:0,top:i*h,width:m.width,height:hi}).toBuffer(),left:i*(m.width+12),top:0}); }
  await sharp({create:{width:k*(m.width+12),height:Math.min(h,m.height),channels:3,background:'#f0f'}}).composite(comp).png().toFile(d+'t-'+n+'.png');
}
